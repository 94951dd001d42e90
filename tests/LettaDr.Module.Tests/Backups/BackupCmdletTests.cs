using System.Management.Automation;

namespace LettaDr.Module.Tests;

[Collection(SmallSandboxCollection.Name)]
public sealed class BackupCmdletTests : IDisposable
{
    private readonly SmallSandbox _sandbox;
    private readonly TemporaryFolder _folder = new();
    private readonly Shell _shell = new();

    public BackupCmdletTests(SmallSandbox sandbox)
    {
        _sandbox = sandbox;
        _shell.With("repository", Path.Combine(_folder, "repository")).With("deployment", sandbox.Deployment);
    }

    public void Dispose()
    {
        _shell.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Sets_are_listed_newest_first_and_found_by_label_time_and_number()
    {
        _shell.Run("foreach ($label in 'one', 'two', 'three') { $null = $deployment | Backup-LettaDatabase -Repository $repository -Label $label }").Clean();

        Assert.Equal(["three", "two", "one"], Labels("Get-LettaBackup $repository"));
        Assert.Equal(["three", "two"], Labels("Get-LettaBackup $repository -Label t*"));
        Assert.Equal(["three"], Labels("Get-LettaBackup $repository -Newest 1"));
        Assert.Equal(["two", "one"], Labels("$middle = (Get-LettaBackup $repository -Label two).SnapshotTime; Get-LettaBackup $repository -Until $middle"));
        Assert.Equal(["three", "two"], Labels("Get-LettaBackup $repository -Since $middle"));
        Assert.Empty(Labels("Get-LettaBackup $repository -Deployment other*"));
        Assert.Equal(["three", "two", "one"], Labels($"Get-LettaBackup $repository -Deployment {_sandbox.Name}"));
        Assert.Equal(["two"], Labels("Get-LettaBackup $repository (Get-LettaBackup $repository -Label two).Id"));
    }

    [Fact]
    public void Verbose_tells_each_step_and_progress_has_bytes_and_percent()
    {
        var run = _shell.Run("$deployment | Backup-LettaDatabase -Repository $repository -Verbose").Clean();

        Assert.Equal(
            ["Take the snapshot", "Copy schema and rows", "Publish the set"],
            run.Verbose.Where(line => line is "Take the snapshot" or "Copy schema and rows" or "Publish the set"));
        Assert.Contains(run.Progress, record => record.Activity == $"Backing up {_sandbox.Name}");
        Assert.Equal(ProgressRecordType.Completed, run.Progress[^1].RecordType);
        Assert.All(run.Progress, record => Assert.InRange(record.PercentComplete, -1, 100));
    }

    [Fact]
    public void An_intact_set_passes_and_a_flipped_bit_fails_and_Quiet_says_so_in_one_word()
    {
        var set = _shell.Run("$set = $deployment | Backup-LettaDatabase -Repository $repository; $set").Single();
        Assert.True((bool)_shell.Run("$set | Test-LettaBackup -Quiet").Value());

        var file = Directory.EnumerateFiles((string)set.Path, "*.zst", SearchOption.AllDirectories).First();
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);

        Assert.False((bool)_shell.Run("$set | Test-LettaBackup -Quiet").Value());
        var results = _shell.Run("$set | Test-LettaBackup -Level Restore").Clean().Output.Select(result => (dynamic)result).ToList();
        Assert.Equal(
            [
                "ManifestIntact:Passed", "FilesComplete:Passed", "FilesIntact:Failed", "RestoredIdentical:NotRun", "ClusterRecovers:NotRun", "CacheLoads:NotRun", "MemorySound:NotRun",
                "SecretsOpen:NotRun", "EncryptionKeyProven:NotRun", "PgBackRestVerifies:NotRun", "PgBackRestRecovers:NotRun",
            ],
            results.Select(result => $"{result.Name}:{result.Outcome}"));
        Assert.Contains(Path.GetFileName(file), (string)results[2].Evidence, StringComparison.Ordinal);
        Assert.All(results.Where(result => result.Outcome.ToString() != "Passed"), result => Assert.NotEmpty((string)result.Remedy));
    }

    [Theory]
    [InlineData("-Stanza main", "-Stanza is of pgBackRest")]
    [InlineData("-Engine PgBackRest -Portable", "-Portable has no meaning for -Engine PgBackRest")]
    [InlineData("-Engine PgBackRest -Type Logical", "physical backups only")]
    public void Parameters_of_two_engines_do_not_go_together(string parameters, string sentence)
    {
        var error = Assert.Single(_shell.Run($"$deployment | Backup-LettaDatabase -Repository $repository {parameters}").Errors);

        Assert.Contains(sentence, error.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("ParameterMismatch", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_pgBackRest_is_not_installed_its_engine_says_so()
    {
        var error = Assert.Single(_shell.Run("Get-LettaBackup -Engine PgBackRest $deployment").Errors);

        Assert.StartsWith("PgBackRestNotInstalled", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.NotEmpty(_shell.Run("$deployment | Backup-LettaDatabase -Repository $repository -Engine PgBackRest -Type Base").Errors);
        Directory.CreateDirectory(Path.Combine(_folder, "repository"));
        foreach (var asked in new[] { "-Engine PgBackRest", "-Stanza main" })
        {
            error = Assert.Single(_shell.Run($"$deployment | Restore-LettaDatabase -Repository $repository -Latest {asked} -Confirm:$false").Errors);
            Assert.StartsWith("PgBackRestNotInstalled", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        }

        error = Assert.Single(_shell.Run("$deployment | Restore-LettaDatabase -Repository $repository -Latest -Engine LettaDr -Stanza main").Errors);
        Assert.StartsWith("ParameterMismatch", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Quiet_about_no_set_at_all_is_not_true()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "repository"));

        Assert.False((bool)_shell.Run("Get-LettaBackup $repository | Test-LettaBackup -Quiet").Value());
    }

    [Fact]
    public void Quiet_about_a_set_that_is_not_there_is_false()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "repository"));

        var run = _shell.Run("'20200101T000000Z-000000' | Test-LettaBackup -Repository $repository -Quiet");

        Assert.False((bool)Assert.Single(run.Output).BaseObject);
    }

    [Fact]
    public void The_last_set_is_not_removed_without_force_and_others_are()
    {
        _shell.Run("1..2 | ForEach-Object { $null = $deployment | Backup-LettaDatabase -Repository $repository }").Clean();

        var run = _shell.Run("Get-LettaBackup $repository | Remove-LettaBackup -Confirm:$false");

        Assert.StartsWith("BackupIsLast,", Assert.Single(run.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Single(_shell.Run("Get-LettaBackup $repository").Clean().Output);
        _shell.Run("Get-LettaBackup $repository | Remove-LettaBackup -Force -Confirm:$false").Clean();
        Assert.Empty(_shell.Run("Get-LettaBackup $repository").Clean().Output);
    }

    [Fact]
    public void Retention_removes_what_it_says_and_keeps_what_it_says()
    {
        _shell.Run("1..3 | ForEach-Object { $null = $deployment | Backup-LettaDatabase -Repository $repository }").Clean();

        var decisions = _shell.Run("Invoke-LettaRetention $repository -Hourly 0 -Daily 0 -Weekly 0 -Monthly 0 -Confirm:$false").Clean().Output
            .Select(decision => (dynamic)decision).ToList();

        Assert.Equal([false, true, true], decisions.Select(decision => (bool)decision.Removed));
        Assert.Equal([(string)decisions[0].Backup.Id], _shell.Run("(Get-LettaBackup $repository).Id").Clean().Output.Select(id => (string)id.BaseObject));
    }

    [Fact]
    public void A_physical_set_is_listed_as_such_and_verified_and_an_incremental_one_says_what_it_needs()
    {
        var run = _shell.Run("$set = $deployment | Backup-LettaDatabase -Repository $repository -Type Base -Verbose; $set").Clean();
        var set = (dynamic)run.Output[0];

        Assert.Equal(("base", 49), ((string)set.Kind, (int)set.Tables));
        Assert.Contains("Find the log's position of a snapshot", run.Verbose);
        Assert.Contains("Copying the cluster's files", run.Progress.Select(record => record.StatusDescription.Split(':')[0]));
        Assert.Equal(
            ["ManifestIntact", "FilesComplete", "FilesIntact", "ClusterVerifies"],
            _shell.Run("($set | Test-LettaBackup).Where({ $_.Outcome -eq 'Passed' }).Name").Clean().Output.Select(name => (string)name.BaseObject));
        Assert.StartsWith("WalNotSummarized,", ErrorId("-Type Incremental"), StringComparison.Ordinal);
        Assert.StartsWith("ParameterMismatch,", ErrorId("-Type Base -Portable"), StringComparison.Ordinal);
        Assert.StartsWith("ParameterMismatch,", ErrorId("-Parent $set"), StringComparison.Ordinal);
        Assert.Contains("pg_basebackup", _shell.Run("$deployment | Backup-LettaDatabase -Repository $repository -Type Base -WhatIf").Clean().Text, StringComparison.Ordinal);

        string ErrorId(string arguments) =>
            Assert.Single(_shell.Run($"$deployment | Backup-LettaDatabase -Repository $repository {arguments}").Errors).FullyQualifiedErrorId;
    }

    [Fact]
    public void Portable_sets_hold_all_rows_in_the_archive()
    {
        var set = _shell.Run("$deployment | Backup-LettaDatabase -Repository $repository -Portable").Single();

        Assert.Empty(Directory.EnumerateFiles((string)set.Path, "*.zst", SearchOption.AllDirectories));
        Assert.True((bool)_shell.Run("Get-LettaBackup $repository | Test-LettaBackup -Level Restore -Quiet").Value());
    }

    private IEnumerable<string> Labels(string script) => _shell.Run(script).Clean().Output.Select(set => (string)((dynamic)set).Label);
}
