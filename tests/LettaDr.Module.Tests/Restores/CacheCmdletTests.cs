using System.Net;

namespace LettaDr.Module.Tests;

/// <summary>Backup-LettaCache and Restore-LettaCache on a whole deployment.</summary>
[Collection(SmallSandboxCollection.Name)]
public sealed class CacheCmdletTests : IDisposable
{
    private const string LostRun = "run-11111111-1111-4111-8111-111111111111";

    private readonly SmallSandbox _sandbox;
    private readonly TemporaryFolder _folder = new();
    private readonly Shell _shell = new();
    private readonly string _repository;

    public CacheCmdletTests(SmallSandbox sandbox)
    {
        _sandbox = sandbox;
        _repository = Path.Combine(_folder, "repository");
        _shell.With("deployment", sandbox.Deployment).With("repository", _repository);
        Redis("FLUSHALL");
        Redis("SET", "session:1", "x");
    }

    public void Dispose()
    {
        Redis("FLUSHALL");
        _shell.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_cache_is_backed_up_restored_and_reconciled_with_the_database()
    {
        Redis("XADD", "sse:run:" + LostRun, "*", "data", "x");
        var backup = _shell.Run("$set = $deployment | Backup-LettaCache -Repository $repository -Label nightly; $set").Single();
        Redis("FLUSHALL");
        Redis("SET", "since", "x");

        var restored = _shell.Run("$set | Restore-LettaCache -Deployment $deployment -Confirm:$false").Single();

        Assert.Equal(("cache", "nightly", 2L, 2), ((string)backup.Kind, (string)backup.Label, (long)backup.Manifest.Cache.Keys, _shell.Run("Get-LettaBackup $repository | ForEach-Object { $_.Id; $_.Kind }").Clean().Output.Count));
        Assert.Equal((2L, 0L, true), ((long)restored.KeysRestored, (long)restored.KeysExpired, (bool)restored.AppendOnly));
        Assert.Equal((1L, 1L), ((long)restored.Reconciled.Removed, (long)restored.Reconciled.OthersUntouched));
        Assert.Equal("session:1", Redis("KEYS", "*"));
        Assert.StartsWith("/data/.lettadr-before-", (string)restored.PreviousFiles, StringComparison.Ordinal);
        Assert.Equal("Passed", _shell.Run("(Test-LettaDeployment $deployment | Where-Object Name -eq CacheAuthenticated).Outcome.ToString()").Value());
    }

    [Fact]
    public void Stale_keys_are_kept_where_that_is_asked_for_and_the_previous_files_removed()
    {
        Redis("XADD", "sse:run:" + LostRun, "*", "data", "x");
        _shell.Run("Backup-LettaCache $deployment $repository").Clean();

        var restored = _shell.Run("Restore-LettaCache latest $deployment -Repository $repository -KeepStale -DiscardPrevious -Confirm:$false").Single();

        Assert.Null(restored.Reconciled);
        Assert.Null(restored.PreviousFiles);
        Assert.Equal("2", Redis("DBSIZE"));
    }

    [Fact]
    public void WhatIf_prints_the_plans_and_touches_nothing()
    {
        var first = _shell.Run("Backup-LettaCache $deployment $repository -WhatIf").Clean();
        Assert.Empty(first.Output);
        Assert.StartsWith("What if: Back up Redis at ", first.Text, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_repository));

        _shell.Run("$set = Backup-LettaCache $deployment $repository").Clean();
        var (server, files) = (RunId(), Files());
        var run = _shell.Run("$set | Restore-LettaCache -Deployment $deployment -WhatIf").Clean();

        Assert.Empty(run.Output);
        Assert.Empty(run.Prompts);
        Assert.StartsWith("What if: Restore ", run.Text, StringComparison.Ordinal);
        Assert.All(
            new[] { "1. put", "2. load", "3. stop container", "4. set the files", "5. start", "6. count", "7. keep", "8. remove Letta's keys" },
            step => Assert.Contains(step, run.Text, StringComparison.Ordinal));
        Assert.Equal((server, files), (RunId(), Files()));
    }

    [Fact]
    public void No_to_the_question_that_states_the_loss_changes_nothing()
    {
        _shell.Run("$set = Backup-LettaCache $deployment $repository").Clean();
        var server = RunId();
        _shell.Screen.Answer = _ => 2;

        var run = _shell.Run("$set | Restore-LettaCache -Deployment $deployment").Clean();

        Assert.Empty(run.Output);
        Assert.Contains("its 1 keys are replaced by those of ", Assert.Single(run.Prompts).Message, StringComparison.Ordinal);
        Assert.Equal(server, RunId());
    }

    [Fact]
    public void Sets_without_a_cache_and_deployments_without_one_are_errors_before_anything_is_touched()
    {
        var uri = $"postgresql://letta:{_sandbox.Password}@{_sandbox.Value.Deployment.Database.Host}:1/letta";
        var server = RunId();
        _shell.Run("$database = Backup-LettaDatabase $deployment $repository").Clean();

        var piped = _shell.Run("$database | Restore-LettaCache -Deployment $deployment -Confirm:$false");
        var latest = _shell.Run("Restore-LettaCache latest $deployment -Repository $repository -Confirm:$false");
        var without = _shell.With("uri", uri).Run("Backup-LettaCache $uri, $deployment $repository");

        Assert.StartsWith("BackupWithoutCache,", Assert.Single(piped.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith("BackupNotFound,", Assert.Single(latest.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith("CacheNotFound,", Assert.Single(without.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Single(without.Output);
        Assert.DoesNotContain(_sandbox.Password, without.Everything(), StringComparison.Ordinal);
        Assert.Equal(server, RunId());
    }

    [Fact]
    public void Another_password_is_used_as_given()
    {
        Redis("CONFIG", "SET", "requirepass", "s3cret-of-the-cache");
        try
        {
            _shell.With("right", Secure("s3cret-of-the-cache")).With("wrong", Secure("not-this-one"));
            var refused = _shell.Run("Backup-LettaCache $deployment $repository -CachePassword $wrong");
            var run = _shell.Run("Backup-LettaCache $deployment $repository -CachePassword $right -Verbose");

            Assert.StartsWith("CacheLoginRefused,", Assert.Single(refused.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Equal(1L, (long)run.Single().Manifest.Cache.Keys);
            Assert.DoesNotContain("s3cret-of-the-cache", run.Everything(), StringComparison.Ordinal);
            Assert.DoesNotContain("not-this-one", refused.Everything(), StringComparison.Ordinal);
        }
        finally
        {
            ProcessRunner.Run("docker", "exec", Container(), "redis-cli", "-e", "-a", "s3cret-of-the-cache", "--no-auth-warning", "CONFIG", "SET", "requirepass", "");
        }
    }

    private static System.Security.SecureString Secure(string text) => new NetworkCredential(string.Empty, text).SecurePassword;

    private string RunId() => Redis("INFO", "server").Split('\n').Single(line => line.StartsWith("run_id:", StringComparison.Ordinal));

    private string Files() => ProcessRunner.Run("docker", "exec", Container(), "sh", "-c", "find /data | sort");

    private string Container() => (string)_sandbox.Value.Deployment.Cache.Container.Name;

    private string Redis(params string[] command) => ProcessRunner.Run("docker", ["exec", Container(), "redis-cli", "-e", .. command]).Trim();
}
