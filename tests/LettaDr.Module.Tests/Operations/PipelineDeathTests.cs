using System.Management.Automation;

namespace LettaDr.Module.Tests;

/// <summary>A backup or restore that went on after its pipeline died would be the worst of all bugs.</summary>
[Collection(LargeSandboxCollection.Name)]
public sealed class PipelineDeathTests : IDisposable
{
    private const string Backup = "Backup-LettaDatabase $deployment $repository";
    private const string Restore = "Restore-LettaDatabase $set $deployment -DisconnectSessions -Confirm:$false";

    private readonly LargeSandbox _sandbox;
    private readonly TemporaryFolder _folder = new();
    private readonly Shell _shell = new Shell().WithTestCmdlets();

    public PipelineDeathTests(LargeSandbox sandbox)
    {
        _sandbox = sandbox;
        _shell.With("repository", Repository).With("deployment", sandbox.Deployment);
    }

    /// <summary>Ways in which what is downstream ends a pipeline; COMMAND works on, and STEP is where it is met.</summary>
    public static TheoryData<string> Downstream =>
    [
        "COMMAND -Verbose 4>&1 | ForEach-Object { if (\"$_\" -eq 'STEP') { throw 'downstream' } }",
        "foreach ($once in 1) { COMMAND -Verbose 4>&1 | ForEach-Object { if (\"$_\" -eq 'STEP') { break } } }",
        "COMMAND -Verbose 4>&1 | Where-Object { \"$_\" -eq 'STEP' } | Select-TestFirst",
    ];

    private string Repository => Path.Combine(_folder, "repository");

    public void Dispose()
    {
        _sandbox.DropBeside();
        _shell.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Stopping_in_the_middle_of_a_backup_leaves_no_work_and_no_half_set()
    {
        var before = _sandbox.State();

        var run = _shell.RunAndStop(Backup, record => record.StatusDescription.StartsWith("Copying schema and rows: ", StringComparison.Ordinal) && record.PercentComplete is > 0 and < 100);

        Assert.IsType<PipelineStoppedException>(run.Thrown);
        AssertNoBackup(before);
    }

    [Theory]
    [MemberData(nameof(Downstream))]
    public void A_backup_ends_with_what_is_downstream(string script)
    {
        var before = _sandbox.State();

        _shell.Run(script.Replace("COMMAND", Backup, StringComparison.Ordinal).Replace("STEP", "Copy schema and rows", StringComparison.Ordinal));

        AssertNoBackup(before);
    }

    [Fact]
    public void Stopping_in_the_middle_of_a_restore_leaves_no_work_and_the_live_database()
    {
        var before = Prepare();

        var run = _shell.RunAndStop(Restore, record => record.StatusDescription.StartsWith("Loading rows: ", StringComparison.Ordinal) && record.PercentComplete is > 0 and < 100);

        Assert.IsType<PipelineStoppedException>(run.Thrown);
        AssertNotRestored(before);
    }

    [Theory]
    [MemberData(nameof(Downstream))]
    public void A_restore_ends_with_what_is_downstream_while_it_loads(string script)
    {
        var before = Prepare();

        _shell.Run(script.Replace("COMMAND", Restore, StringComparison.Ordinal).Replace("STEP", "Load the rows", StringComparison.Ordinal));

        AssertNotRestored(before);
    }

    [Theory]
    [InlineData("Build indexes")]
    [InlineData("Compare every row")]
    public void A_restore_ends_with_what_is_downstream_in_its_later_steps(string step)
    {
        var before = Prepare();

        var run = _shell.Run($"{Restore} -Jobs 1 -Verbose 4>&1 | ForEach-Object {{ if (\"$_\" -like '{step}*') {{ throw 'downstream' }} }}");

        Assert.Contains("downstream", run.Everything(), StringComparison.Ordinal);

        AssertNotRestored(before);
    }

    [Fact]
    public void A_set_that_is_whole_stays_whole_when_who_receives_it_fails()
    {
        _shell.Run($"{Backup} | ForEach-Object {{ throw 'downstream' }}");

        Assert.True((bool)_shell.Run("Get-LettaBackup $repository | Test-LettaBackup -Quiet").Value());
        Assert.Empty(_sandbox.SessionsLeft());
    }

    [Fact]
    public void With_First_1_the_second_item_is_not_begun()
    {
        _shell.Run("$deployment, $deployment | Backup-LettaDatabase -Repository $repository | Select-TestFirst").Clean();

        Assert.Single(_shell.Run("Get-LettaBackup $repository -Incomplete").Clean().Output);
    }

    [Fact]
    public void Progress_of_a_backup_and_a_restore_has_bytes_percent_rate_and_time_left()
    {
        var before = Prepare();
        var backup = _shell.Run(Backup + " -Jobs 1 -CompressionLevel 12").Clean().Progress;
        var restore = _shell.Run(Restore + " -Jobs 1").Clean().Progress;

        foreach (var progress in new[] { backup, restore })
        {
            Assert.Contains(progress, record => record.PercentComplete is > 0 and < 100);
            Assert.Contains(progress, record => System.Text.RegularExpressions.Regex.IsMatch(record.StatusDescription, @": [0-9.]+ [KM]iB of [0-9.]+ MiB, [0-9.]+ [KM]iB/s$"));
            Assert.Contains(progress, record => record.SecondsRemaining >= 0);
            Assert.Equal(ProgressRecordType.Completed, progress[^1].RecordType);
        }

        Assert.NotEqual(before, _sandbox.State());
        Assert.Equal(before.Split('|')[1..], _sandbox.State().Split('|')[1..]);
    }

    private string Prepare()
    {
        _shell.Run($"$set = {Backup}").Clean();
        return _sandbox.State();
    }

    private void AssertNoBackup(string before)
    {
        Assert.Empty(_shell.Run("Get-LettaBackup $repository -Incomplete").Clean().Output);
        Assert.Empty(Directory.EnumerateFiles(Repository, "*.zst", SearchOption.AllDirectories));
        Assert.Empty(_sandbox.SessionsLeft());
        Assert.Equal(before, _sandbox.State());
    }

    private void AssertNotRestored(string before)
    {
        Assert.Empty(_sandbox.DatabasesBeside());
        Assert.Empty(_sandbox.SessionsLeft());
        Assert.Equal(before, _sandbox.State());
        Assert.DoesNotContain("pg_restore", ProcessRunner.Run("docker", "top", _sandbox.Container, "-eo", "pid,args"), StringComparison.Ordinal);
    }
}
