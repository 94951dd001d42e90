using System.Management.Automation;
using System.Security;

namespace LettaDr.Module.Tests;

[Collection(SmallSandboxCollection.Name)]
public sealed class TestLettaConsistencyTests(SmallSandbox sandbox) : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void A_sandbox_is_consistent()
    {
        var results = _shell.Run($"Get-LettaDeployment -Project {sandbox.Name} | Test-LettaConsistency -Verbose").Clean();

        Assert.True(results.Output.Count >= 16);
        Assert.Equal(results.Output.Count, results.Output.Select(result => (string)((dynamic)result).Name).Distinct().Count());
        Assert.All(results.Output, result => Assert.NotEmpty((string)((dynamic)result).Evidence));
        Assert.All(results.Output, result => Assert.NotEqual("Failed", ((object)((dynamic)result).Outcome).ToString()));
        Assert.True(results.Verbose.Count >= results.Output.Count);
        Assert.NotEmpty(results.Progress);
        Assert.Empty(sandbox.SessionsLeft());
    }

    [Fact]
    public void A_fault_is_told_with_its_remedy_and_makes_Quiet_false()
    {
        _shell.With("deployment", sandbox.Deployment);
        sandbox.Query("UPDATE letta.alembic_version SET version_num = version_num || '-x'; INSERT INTO letta.alembic_version VALUES ('second')");
        try
        {
            var failed = _shell.Run("Test-LettaConsistency $deployment | Where-Object Outcome -eq Failed").Single();
            Assert.Equal("AlembicRevision", (string)failed.Name);
            Assert.NotEmpty((string)failed.Remedy);
            Assert.Equal(false, _shell.Run("Test-LettaConsistency $deployment -Quiet").Value());
            Assert.Equal(true, _shell.Run("Test-LettaConsistency $deployment -Quiet -Skip alembicrevision").Value());
        }
        finally
        {
            sandbox.Query("DELETE FROM letta.alembic_version WHERE version_num = 'second'; UPDATE letta.alembic_version SET version_num = replace(version_num, '-x', '')");
        }
    }

    [Fact]
    public void A_set_is_compared_with()
    {
        var repository = Path.Combine(_shell.Folder, "repository");
        _shell.With("deployment", sandbox.Deployment).With("repository", repository);
        _shell.Run("$set = Backup-LettaDatabase $deployment $repository").Clean();

        foreach (var arguments in new[] { "-Backup latest -Repository $repository", "-Backup $set" })
        {
            var evidence = (string)_shell.Run($"(Test-LettaConsistency $deployment {arguments} | Where-Object Name -eq IndexesValid).Evidence").Value()!;
            Assert.Contains("as in the set", evidence, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_asked_wrongly_is_refused()
    {
        _shell.With("deployment", sandbox.Deployment);

        Assert.StartsWith("CheckUnknown", Assert.Single(_shell.Run("Test-LettaConsistency $deployment -Skip Nonsense").Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith("RepositoryNotGiven", Assert.Single(_shell.Run("Test-LettaConsistency $deployment -Backup latest").Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_credential_takes_the_place_of_the_one_found()
    {
        using var password = new SecureString();
        "not-the-password".ToList().ForEach(password.AppendChar);
        _shell.With("deployment", sandbox.Deployment).With("credential", new PSCredential("letta", password));

        var results = _shell.Run("Test-LettaConsistency $deployment -Credential $credential").Clean().Output.Select(result => (dynamic)result).ToList();

        Assert.Equal("Failed", ((object)results[0].Outcome).ToString());
        Assert.Contains("refused the role letta", (string)results[0].Evidence, StringComparison.Ordinal);
        Assert.All(results, result => Assert.DoesNotContain("not-the-password", ((object)result).ToString(), StringComparison.Ordinal));
        Assert.All(results.Skip(1).Take(15), result => Assert.Equal("NotRun", ((object)result.Outcome).ToString()));
    }

    [Theory]
    [InlineData("'postgresql://letta:x@127.0.0.1:1/letta' | Test-LettaConsistency -Quiet", false)]
    [InlineData("@() | Test-LettaConsistency -Quiet", false)]
    [InlineData("$deployment, 'no-such-deployment' | Test-LettaConsistency -Quiet", false)]
    public void Quiet_is_one_word_for_all(string script, bool expected) =>
        Assert.Equal(expected, _shell.With("deployment", sandbox.Deployment).Run(script).Value());
}
