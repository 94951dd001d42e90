namespace LettaDr.Module.Tests;

[Collection(SmallSandboxCollection.Name)]
public sealed class WalArchiveCmdletTests : IDisposable
{
    private readonly SmallSandbox _sandbox;
    private readonly Shell _shell = new();

    public WalArchiveCmdletTests(SmallSandbox sandbox)
    {
        _sandbox = sandbox;
        _shell.With("deployment", sandbox.Deployment).With("repository", Path.Combine(_shell.Folder, "archive"));
    }

    public void Dispose()
    {
        _shell.Run("if ([System.IO.Directory]::Exists($repository)) { Stop-LettaWalArchive $repository -DropSlot -Confirm:$false }");
        _shell.Dispose();
    }

    [Fact]
    public void From_the_start_to_the_end_of_an_archive()
    {
        var planned = _shell.Run("Start-LettaWalArchive $deployment $repository -MaximumSlotSize 2GB -WhatIf").Clean();
        Assert.Contains("beyond 2.0 GiB the slot is given up", planned.Text, StringComparison.Ordinal);
        Assert.Contains("create the replication slot lettadr", planned.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(_sandbox.Password, planned.Everything(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_shell.Folder, "archive")));
        Assert.Equal("0", Slots());

        var started = _shell.Run("$deployment | Start-LettaWalArchive -Repository $repository -HeartbeatInterval '0:00:01' -MaximumSlotSize 2GB -Confirm:$false").Single();
        Assert.Equal(2L << 30, started.MaximumSlotSize);
        Assert.Equal("Streaming", started.State.ToString());
        Assert.Equal("1", Slots());

        // What receives is made of the database's image, and is no database.
        Assert.Single(_shell.Run("Get-LettaDeployment | Where-Object Name -eq $deployment.Name").Clean().Output);

        var got = _shell.Run("Get-LettaWalArchive $repository");
        Assert.Contains("There is no physical copy", string.Join('\n', got.Warnings), StringComparison.Ordinal);
        var tested = _shell.Run("Get-LettaWalArchive $repository -WarningAction SilentlyContinue | Test-LettaWalArchive").Clean().Output;
        Assert.Equal(6, tested.Count);
        Assert.DoesNotContain(tested, result => ((dynamic)result.BaseObject).Outcome.ToString() == "Failed");
        Assert.False((bool)_shell.Run("Test-LettaWalArchive $repository -RecoveryPointObjective 0 -Quiet").Value());

        var stopped = _shell.Run("Stop-LettaWalArchive $repository -DropSlot -Confirm:$false").Single();
        Assert.Equal("Stopped", stopped.State.ToString());
        Assert.Equal("0", Slots());
    }

    [Fact]
    public void What_cannot_be_meant_is_refused_in_a_sentence()
    {
        Assert.StartsWith("HeartbeatIntervalInvalid,", Error("Start-LettaWalArchive $deployment $repository -HeartbeatInterval 0 -Confirm:$false"), StringComparison.Ordinal);
        Assert.StartsWith("MaximumSlotSizeInvalid,", Error("Start-LettaWalArchive $deployment $repository -MaximumSlotSize 1MB -Confirm:$false"), StringComparison.Ordinal);
        Assert.StartsWith("RepositoryNotFound,", Error("Get-LettaWalArchive $repository"), StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(_shell.Folder, "archive"));
        Assert.StartsWith("WalArchiveNotFound,", Error("Stop-LettaWalArchive $repository nobody -Confirm:$false"), StringComparison.Ordinal);
        Assert.Empty(_shell.Run("Get-LettaWalArchive $repository").Clean().Output);
        Assert.False((bool)_shell.Run("Test-LettaWalArchive $repository -Quiet").Value());
        Assert.StartsWith("LogNotReceivableFromHere,", Error(
            $"Start-LettaWalArchive 'postgresql://letta:x@203.0.113.1/letta' $repository -Confirm:$false"), StringComparison.Ordinal);
    }

    [Fact]
    public void Stopping_asks_and_says_what_is_lost()
    {
        _shell.Run("Start-LettaWalArchive $deployment $repository -HeartbeatInterval '0:00:01' -Confirm:$false").Clean();
        _shell.Screen.Answer = _ => 2;

        var run = _shell.Run("Stop-LettaWalArchive $repository -DropSlot").Clean();

        Assert.Contains("leaves a hole", Assert.Single(run.Prompts).Message, StringComparison.Ordinal);
        Assert.Equal("1", Slots());
    }

    private string Error(string script) => Assert.Single(_shell.Run(script).Errors).FullyQualifiedErrorId;

    private string Slots() => _sandbox.Query("SELECT count(*) FROM pg_replication_slots");
}
