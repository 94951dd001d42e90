using System.Management.Automation;

namespace LettaDr.Module.Tests;

/// <summary>Bad input: one clear sentence with the remedy, before anything is touched, and the next item has its turn.</summary>
[Collection(SmallSandboxCollection.Name)]
public sealed class ErrorTests : IDisposable
{
    private readonly SmallSandbox _sandbox;
    private readonly TemporaryFolder _folder = new();
    private readonly Shell _shell = new();

    public ErrorTests(SmallSandbox sandbox)
    {
        _sandbox = sandbox;
        var database = sandbox.Value.Deployment.Database;
        _shell.With("repository", Path.Combine(_folder, "repository")).With("deployment", sandbox.Deployment)
            .With("server", $"{database.Host}:{database.Port}").With("password", sandbox.Password);
    }

    public void Dispose()
    {
        _shell.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("Get-LettaBackup ./nowhere", "RepositoryNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Restore-LettaDatabase latest $deployment -Repository ./nowhere -Confirm:$false", "RepositoryNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Restore-LettaDatabase latest $deployment -Confirm:$false", "RepositoryNotGiven", ErrorCategory.InvalidArgument)]
    [InlineData("Backup-LettaDatabase $deployment ./no/such/parent", "RepositoryPathNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Backup-LettaDatabase \"postgresql://letta:wrong-password@$server/letta\" $repository", "AuthenticationFailed", ErrorCategory.AuthenticationError)]
    [InlineData("Backup-LettaDatabase \"postgresql://letta:$password@$server/nothing\" $repository", "DatabaseNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Backup-LettaDatabase 'postgresql://letta:wrong-password@127.0.0.1:1/letta' $repository", "DatabaseUnreachable", ErrorCategory.ConnectionError)]
    [InlineData("Backup-LettaDatabase 'postgresql://letta:wrong-password@no-such-host.invalid/letta' $repository", "HostNotFound", ErrorCategory.ConnectionError)]
    [InlineData("Undo-LettaRestore $deployment -Confirm:$false", "NothingToUndo", ErrorCategory.ObjectNotFound)]
    [InlineData("Get-LettaDeployment ./nowhere.yaml", null, ErrorCategory.ObjectNotFound)]
    [InlineData("Remove-LettaSandbox lettadr-module-never -Confirm:$false", null, ErrorCategory.ObjectNotFound)]
    [InlineData("New-LettaSandbox 'No Name'", "SandboxNameInvalid", ErrorCategory.InvalidArgument)]
    public void Each_is_told_in_a_sentence_with_what_to_do(string script, string? id, ErrorCategory category)
    {
        var before = _sandbox.State();

        var run = _shell.Run(script);

        var error = Assert.Single(run.Errors);
        if (id is not null)
        {
            Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        }

        Assert.Contains(",LettaDr.Cmdlets.", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Equal("LettaDrException", error.Exception.GetType().Name);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.Equal($"{error.Exception.Message} {error.ErrorDetails.RecommendedAction}", error.ToString());
        Assert.EndsWith(".", error.Exception.Message, StringComparison.Ordinal);
        Assert.NotNull(error.TargetObject);
        Assert.DoesNotContain("wrong-password", run.Everything().Replace(script, string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Empty(run.Output);
        Assert.Equal(before, _sandbox.State());
        Assert.False(Directory.Exists(Path.Combine(_folder, "repository")) && Directory.EnumerateFiles(_folder, "manifest.json", SearchOption.AllDirectories).Any());
    }

    [Fact]
    public void One_bad_item_does_not_stop_the_others()
    {
        var run = _shell.Run("$deployment, 'postgresql://letta:x@127.0.0.1:1/letta', $deployment | Backup-LettaDatabase -Repository $repository");

        Assert.Equal(2, run.Output.Count);
        Assert.StartsWith("DatabaseUnreachable,", Assert.Single(run.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void One_bad_set_does_not_keep_the_others_from_being_tested_or_removed()
    {
        _shell.Run("1..2 | ForEach-Object { $null = $deployment | Backup-LettaDatabase -Repository $repository }").Clean();

        var tested = _shell.Run("@('20200101T000000Z-000000') + @((Get-LettaBackup $repository).Id) | Test-LettaBackup -Repository $repository");

        Assert.Equal(2, tested.Output.Select(result => result.Properties["Target"].Value).Distinct().Count());
        Assert.StartsWith("BackupNotFound,", Assert.Single(tested.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void With_ErrorAction_Stop_an_error_can_be_caught()
    {
        var run = _shell.Run("try { Get-LettaBackup ./nowhere -ErrorAction Stop } catch [LettaDr.LettaDrException] { $_.Exception.Id }");

        Assert.Equal("RepositoryNotFound", run.Value());
    }

    [Fact]
    public void A_credential_that_is_refused_is_told_without_its_password()
    {
        _shell.Run("""
            $secret = [securestring]::new(); 'very-wrong-indeed'.ToCharArray() | ForEach-Object { $secret.AppendChar($_) }
            $credential = [pscredential]::new('letta', $secret)
            """).Clean();

        var run = _shell.Run("$deployment | Backup-LettaDatabase -Repository $repository -Credential $credential");

        Assert.StartsWith("AuthenticationFailed,", Assert.Single(run.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.DoesNotContain("very-wrong-indeed", run.Everything(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_repository_that_is_a_file_is_refused()
    {
        File.WriteAllText(Path.Combine(_folder, "repository"), "not a folder");

        var error = Assert.Single(_shell.Run("$deployment | Backup-LettaDatabase -Repository $repository").Errors);

        Assert.Contains("LettaDrException", error.Exception.GetType().Name, StringComparison.Ordinal);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }
}
