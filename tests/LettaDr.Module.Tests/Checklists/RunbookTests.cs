namespace LettaDr.Module.Tests;

/// <summary>Runbooks as a user lists and runs them.</summary>
[Collection(SmallSandboxCollection.Name)]
public sealed class RunbookTests : IDisposable
{
    private readonly SmallSandbox _sandbox;
    private readonly TemporaryFolder _folder = new();
    private readonly Shell _shell = new();
    private readonly string _before;

    public RunbookTests(SmallSandbox sandbox)
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
    public void WhatIf_prints_every_step_and_the_set_and_touches_nothing()
    {
        _shell.Run("$set = Backup-LettaDatabase $deployment $repository").Clean();

        var run = _shell.Run("$deployment | Invoke-LettaRunbook DatabaseCorruption -Repository $repository -DisconnectSessions -WhatIf").Clean();

        Assert.Empty(run.Output);
        Assert.StartsWith("What if: Runbook DatabaseCorruption for ", run.Text, StringComparison.Ordinal);
        Assert.All(
            new[] { "1. StopWriters", "2. Assess", "3. KeepEvidence", "4. ChooseSet", "5. Restore", "6. Validate", "7. BringBack" },
            step => Assert.Contains(step, run.Text, StringComparison.Ordinal));
        Assert.Contains(_shell.Run("$set.Id").Single().ToString()!, run.Text, StringComparison.Ordinal);
        Assert.Equal(_before, _sandbox.State());
    }

    [Fact]
    public void No_to_what_would_be_lost_changes_nothing_and_where_nothing_is_damaged_nothing_is_replaced()
    {
        _shell.Run("$set = Backup-LettaDatabase $deployment $repository").Clean();
        _shell.Screen.Answer = _ => 2;

        var refused = _shell.Run("Invoke-LettaRunbook DatabaseCorruption $deployment $repository -DisconnectSessions").Clean();

        Assert.Empty(refused.Output);
        Assert.Contains("since is no longer live", Assert.Single(refused.Prompts).Message, StringComparison.Ordinal);
        Assert.Equal(_before, _sandbox.State());

        var run = _shell.Run("Invoke-LettaRunbook DatabaseCorruption $deployment $repository -DisconnectSessions -Confirm:$false");

        Assert.Equal("NothingFound True", _shell.With("result", run.Output.Single()).Run("\"$($result.Verdict) $($result.BroughtBack)\"").Single().ToString());
        Assert.Equal("NotRun", _shell.Run("($result.Steps | Where-Object Step -EQ Restore).Outcome").Single().ToString());
        Assert.Equal(_before, _sandbox.State());
    }
}
