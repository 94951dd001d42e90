namespace LettaDr.Module.Tests;

/// <summary>Nothing is changed that nobody has agreed to, and who is asked is told the loss.</summary>
[Collection(SmallSandboxCollection.Name)]
public sealed class RestoreConsentTests : IDisposable
{
    private readonly SmallSandbox _sandbox;
    private readonly TemporaryFolder _folder = new();
    private readonly Shell _shell = new();
    private readonly string _before;

    public RestoreConsentTests(SmallSandbox sandbox)
    {
        _sandbox = sandbox;
        _before = sandbox.State();
        _shell.With("repository", Path.Combine(_folder, "repository")).With("deployment", sandbox.Deployment);
    }

    public void Dispose()
    {
        _sandbox.DropBeside();
        _shell.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void WhatIf_of_a_backup_prints_the_plan_and_makes_nothing()
    {
        var run = _shell.Run("Backup-LettaDatabase $deployment $repository -WhatIf").Clean();

        Assert.Empty(run.Output);
        Assert.StartsWith("What if: Back up letta@", run.Text, StringComparison.Ordinal);
        Assert.All(new[] { "1. ", "2. ", "3. ", "4. ", "5. " }, step => Assert.Contains(step, run.Text, StringComparison.Ordinal));
        Assert.False(Directory.Exists(Path.Combine(_folder, "repository")));
    }

    [Fact]
    public void WhatIf_of_a_restore_prints_the_plan_and_touches_nothing()
    {
        _shell.Run("$set = Backup-LettaDatabase $deployment $repository").Clean();

        var run = _shell.Run("$set | Restore-LettaDatabase -Deployment $deployment -DisconnectSessions -WhatIf").Clean();

        Assert.Empty(run.Output);
        Assert.Empty(run.Prompts);
        Assert.StartsWith("What if: Restore ", run.Text, StringComparison.Ordinal);
        Assert.All(new[] { "1. create", "2. load", "3. build", "4. apply", "5. compare", "6. rename", "7. keep" }, step => Assert.Contains(step, run.Text, StringComparison.Ordinal));
        AssertUntouched();
    }

    [Fact]
    public void No_to_a_restore_that_says_what_would_be_lost_changes_nothing()
    {
        _shell.Run("$set = Backup-LettaDatabase $deployment $repository").Clean();
        _shell.Screen.Answer = _ => 2;

        var run = _shell.Run("$set | Restore-LettaDatabase -Deployment $deployment -DisconnectSessions").Clean();

        Assert.Empty(run.Output);
        var prompt = Assert.Single(run.Prompts);
        Assert.Contains("The live database letta is replaced by its state of ", prompt.Message, StringComparison.Ordinal);
        Assert.Contains("is no longer live, but is kept aside", prompt.Message, StringComparison.Ordinal);
        Assert.Contains(prompt.Choices, choice => choice.Contains("No", StringComparison.Ordinal));
        AssertUntouched();
    }

    [Fact]
    public void Where_nobody_can_be_asked_a_restore_is_an_error()
    {
        _shell.Run("$set = Backup-LettaDatabase $deployment $repository").Clean();

        var run = _shell.Run("$set | Restore-LettaDatabase -Deployment $deployment -DisconnectSessions");

        Assert.Single(run.Errors);
        Assert.Empty(run.Output);
        AssertUntouched();
    }

    [Fact]
    public void No_to_an_undo_or_to_a_removal_changes_nothing()
    {
        _shell.Run("$set = Backup-LettaDatabase $deployment $repository; $set2 = Backup-LettaDatabase $deployment $repository").Clean();
        _shell.Run("$set | Restore-LettaDatabase -Deployment $deployment -DisconnectSessions -Confirm:$false").Clean();
        var restored = _sandbox.State();
        var beside = _sandbox.DatabasesBeside();
        _shell.Screen.Answer = _ => 2;

        var undo = _shell.Run("Undo-LettaRestore $deployment -DisconnectSessions").Clean();
        var removal = _shell.Run("Get-LettaBackup $repository | Remove-LettaBackup").Clean();

        Assert.Contains("is no longer live, but is kept aside", Assert.Single(undo.Prompts).Message, StringComparison.Ordinal);
        Assert.Equal(2, removal.Prompts.Count);
        Assert.All(removal.Prompts, prompt => Assert.Contains("cannot be restored", prompt.Message, StringComparison.Ordinal));
        Assert.Equal(restored, _sandbox.State());
        Assert.Equal(beside, _sandbox.DatabasesBeside());
        Assert.Equal(2, _shell.Run("Get-LettaBackup $repository").Clean().Output.Count);
    }

    [Fact]
    public void WhatIf_of_removing_keeps_everything()
    {
        _shell.Run("1..3 | ForEach-Object { Backup-LettaDatabase $deployment $repository } | Out-Null").Clean();

        var removal = _shell.Run("Get-LettaBackup $repository | Remove-LettaBackup -WhatIf").Clean();
        var retention = _shell.Run("Invoke-LettaRetention $repository -Hourly 1 -Daily 0 -Weekly 0 -Monthly 0 -WhatIf").Clean();

        Assert.Equal(3, removal.Text.Split("What if: Remove the set ").Length - 1);
        Assert.Contains("What if: Remove 2 set(s)", retention.Text, StringComparison.Ordinal);
        Assert.Equal([true, false, false], retention.Output.Select(decision => (bool)((dynamic)decision).Keep));
        Assert.All(retention.Output, decision => Assert.False((bool)((dynamic)decision).Removed));
        Assert.Equal(3, _shell.Run("Get-LettaBackup $repository").Clean().Output.Count);
    }

    [Fact]
    public void WhatIf_of_a_sandbox_makes_and_removes_none()
    {
        Assert.Contains("What if: Create sandbox", _shell.Run("New-LettaSandbox lettadr-module-never -WhatIf").Clean().Text, StringComparison.Ordinal);
        Assert.Contains("What if: Remove sandbox", _shell.Run($"Remove-LettaSandbox {_sandbox.Name} -WhatIf").Clean().Text, StringComparison.Ordinal);
        Assert.Equal(_before, _sandbox.State());
        Assert.DoesNotContain("lettadr-module-never", ProcessRunner.Run("docker", "ps", "-a", "--format", "{{.Names}}"), StringComparison.Ordinal);
    }

    private void AssertUntouched()
    {
        Assert.Equal(_before, _sandbox.State());
        Assert.Empty(_sandbox.DatabasesBeside());
        Assert.Empty(_sandbox.SessionsLeft());
    }
}
