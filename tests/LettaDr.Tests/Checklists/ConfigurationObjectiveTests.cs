namespace LettaDr.Tests;

public sealed class ConfigurationObjectiveTests
{
    private static readonly DateTimeOffset Now = RecoveryCase.Now;
    private static readonly Backup Set = RecoveryCase.Set(parts: BackupParts.Configuration);
    private static readonly DateTimeOffset Taken = Set.Manifest!.Configuration!.SnapshotTime;

    [Fact]
    public void Nothing_changed_is_nothing_to_lose_however_old_the_set()
    {
        var row = Measure(Drift(Difference("nginx.conf", ConfigurationState.Equal)), now: Now.AddDays(90));

        Assert.Equal((Outcome.Passed, TimeSpan.Zero), (row.Outcome, row.Actual));
        Assert.Contains(Set.Id, row.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_without_a_copy_makes_the_point_as_old_as_the_change()
    {
        var drift = Drift(Difference("nginx.conf", ConfigurationState.Different), Difference("compose.yaml", ConfigurationState.Equal));

        var met = Measure(drift);
        Assert.Equal((Outcome.Passed, TimeSpan.FromMinutes(20)), (met.Outcome, met.Actual));
        Assert.Contains("nginx.conf", met.Evidence, StringComparison.Ordinal);

        var missed = Measure(drift, Now.AddMinutes(41));
        Assert.Equal((Outcome.Failed, TimeSpan.FromMinutes(61)), (missed.Outcome, missed.Actual));
        Assert.Contains("Backup-LettaConfiguration", missed.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void The_earliest_change_counts_and_variables_have_their_files_time()
    {
        var drift = Drift(Difference(".env: LETTA_MODEL", ConfigurationState.Different, ConfigurationItemKind.FileVariable), Difference("nginx.conf", ConfigurationState.OnlyRight));

        Assert.Equal(Now.AddMinutes(-30), drift.Since);
        Assert.Equal([".env: LETTA_MODEL", "nginx.conf"], drift.Changes);
    }

    [Theory]
    [InlineData("compose.yaml", ConfigurationState.Different, ConfigurationItemKind.File)]
    [InlineData("gone.conf", ConfigurationState.OnlyLeft, ConfigurationItemKind.File)]
    [InlineData("letta_server", ConfigurationState.Different, ConfigurationItemKind.Image)]
    public void What_tells_no_time_may_have_changed_ever_since_the_set(string item, ConfigurationState state, ConfigurationItemKind kind) =>
        Assert.Equal(Taken, Drift(Difference(item, state, kind)).Since);

    [Fact]
    public void What_the_set_holds_encrypted_is_judged_by_when_it_was_written()
    {
        var drift = Drift(
            Difference(".env", ConfigurationState.NotCompared), Difference("compose.yaml", ConfigurationState.NotCompared),
            Difference("letta_server", ConfigurationState.NotCompared, ConfigurationItemKind.Variable));

        Assert.Equal([".env"], drift.Changes);
        Assert.Equal((2, Now.AddMinutes(-30)), (drift.JudgedByTime, drift.Since!.Value));
        Assert.Contains("2 files with secrets", Measure(drift).Evidence, StringComparison.Ordinal);
        Assert.Null(Drift(Difference("compose.yaml", ConfigurationState.NotCompared)).Since);
    }

    [Fact]
    public void Without_a_set_all_of_it_would_be_lost_and_what_cannot_be_compared_is_missed()
    {
        Assert.Equal(Outcome.Failed, Measure(RecoveryCase.With()).Outcome);
        Assert.Equal(Outcome.Failed, Measure(RecoveryCase.With() with { Sets = [Set], DriftProblem = "A file is damaged." }).Outcome);
        Assert.Equal(Outcome.NotRun, Measure(RecoveryCase.With() with { IsLive = false }).Outcome);
    }

    private static RecoveryObjective Measure(ConfigurationDrift drift, DateTimeOffset? now = null) =>
        Measure(RecoveryCase.With() with { Sets = [Set], Drift = drift, Now = now ?? Now });

    private static RecoveryObjective Measure(RecoveryEvidence evidence) =>
        RecoveryCase.Measure(evidence, RecoveryObjectiveKind.RPO, RecoveryComponent.Configuration);

    private static ConfigurationDrift Drift(params ConfigurationDifference[] differences)
    {
        var live = new ConfigurationSide("deployment letta");
        foreach (var (file, written) in new[] { (".env", Now.AddMinutes(-30)), ("nginx.conf", Now.AddMinutes(-20)), ("compose.yaml", Taken.AddDays(-9)) })
        {
            live.Items[new ConfigurationItem(ConfigurationItemKind.File, file)] = new ConfigurationValue { Text = "x", WrittenAt = written };
        }

        return ConfigurationDrift.Of(Set, live, differences);
    }

    private static ConfigurationDifference Difference(string item, ConfigurationState state, ConfigurationItemKind kind = ConfigurationItemKind.File) =>
        new() { Item = item, Kind = kind, State = state, LeftSource = "set", RightSource = "deployment" };
}
