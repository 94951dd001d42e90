namespace LettaDr.Module.Tests;

/// <summary>Compare-LettaConfiguration as a user meets it.</summary>
[Collection(SmallSandboxCollection.Name)]
public sealed class CompareLettaConfigurationTests : IDisposable
{
    private readonly SmallSandbox _sandbox;
    private readonly TemporaryFolder _folder = new();
    private readonly Shell _shell = new();

    public CompareLettaConfigurationTests(SmallSandbox sandbox)
    {
        _sandbox = sandbox;
        _shell.With("repository", Path.Combine(_folder, "repository")).With("deployment", sandbox.Deployment);
        _shell.Run("""
            $words = [securestring]::new(); foreach ($c in 'open sesame of the test'.ToCharArray()) { $words.AppendChar($c) }
            $set = Backup-LettaConfiguration $deployment $repository -Passphrase $words
            """).Clean();
    }

    public void Dispose()
    {
        _shell.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Equal_sides_give_nothing_and_what_nobody_could_read_is_not_equal()
    {
        Assert.Empty(_shell.Run("$set | Compare-LettaConfiguration -Difference $deployment -Passphrase $words").Clean().Output);
        Assert.True((bool)_shell.Run($"Compare-LettaConfiguration $set {_sandbox.Name} -Passphrase $words -Quiet").Value());
        Assert.True((bool)_shell.Run("Compare-LettaConfiguration $deployment $deployment, $deployment -Quiet").Value());

        var unknown = _shell.Run("Compare-LettaConfiguration $set $deployment").Clean().Output.Select(one => (dynamic)one).ToList();
        Assert.NotEmpty(unknown);
        Assert.All(unknown, one => Assert.Equal("NotCompared", (string)one.State.ToString()));
        Assert.False((bool)_shell.Run("Compare-LettaConfiguration $set $deployment -Quiet").Value());
    }

    [Fact]
    public void No_stream_shows_a_secret()
    {
        var seen = _shell.Show(
            "$all = Compare-LettaConfiguration $set $deployment -Passphrase $words -IncludeEqual -Verbose; $all; $all | Format-List -Property *; Compare-LettaConfiguration $deployment; $Error | Format-List -Property * -Force").Everything();

        Assert.Contains("POSTGRES_PASSWORD", seen, StringComparison.Ordinal);
        Assert.Contains("hmac:", seen, StringComparison.Ordinal);
        Assert.DoesNotContain(_sandbox.Password, seen, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_compared_is_a_clear_error()
    {
        foreach (var side in new[] { "$set", "$deployment" })
        {
            var run = _shell.Run($"Compare-LettaConfiguration {side} -Quiet");
            Assert.StartsWith("NothingToCompare,", Assert.Single(run.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.False((bool)Assert.Single(run.Output).BaseObject);
        }

        Assert.StartsWith(
            "PassphraseWrong,",
            Assert.Single(_shell.Run("$other = [securestring]::new(); $other.AppendChar('x'); Compare-LettaConfiguration $set $deployment -Passphrase $other").Errors).FullyQualifiedErrorId,
            StringComparison.Ordinal);
    }
}
