namespace LettaDr.Tests;

public sealed class RecoveryPointObjectivesTests
{
    private static readonly DateTimeOffset Now = RecoveryCase.Now;

    [Theory]
    [InlineData(RecoveryComponent.Database, 15, 0)]
    [InlineData(RecoveryComponent.System, 15, -1)]
    public void The_age_of_the_newest_set_is_what_would_be_lost(RecoveryComponent component, int minutes, int secondsBefore)
    {
        var set = RecoveryCase.Set(Now.AddMinutes(-minutes).AddSeconds(-secondsBefore), BackupParts.Database | BackupParts.Configuration);
        var met = Measure(With(set, RecoveryCase.Set(parts: BackupParts.Cache, id: "20261122T125959Z-abcdef")), component);
        var missed = Measure(With(set) with { Now = Now.AddSeconds(1) }, component);

        Assert.Equal((Outcome.Passed, TimeSpan.FromMinutes(15), null), (met.Outcome, met.Actual, met.WorstCase));
        Assert.Contains($"{set.Id}, not proven by any restore yet", met.Evidence, StringComparison.Ordinal);
        Assert.Equal((Outcome.Failed, TimeSpan.FromSeconds(901)), (missed.Outcome, missed.Actual));
        Assert.NotNull(missed.Remedy);
    }

    [Fact]
    public void Without_any_set_that_restores_all_would_be_lost_and_the_objective_is_missed()
    {
        Backup[] useless =
        [
            RecoveryCase.Set(Now, BackupParts.Database | BackupParts.Configuration, proof: Outcome.Failed),
            Sample.Set(Now, BackupState.Damaged), Sample.Set(Now, BackupState.Incomplete),
        ];

        Assert.All(
            new[] { RecoveryComponent.Database, RecoveryComponent.System },
            component => Assert.Equal((Outcome.Failed, null), (Measure(With(useless), component).Outcome, Measure(With(useless), component).Actual)));
    }

    [Fact]
    public void Sets_that_are_made_too_seldom_miss_it_also_right_after_one_was_made()
    {
        var row = Measure(With(RecoveryCase.Set(Now.AddMinutes(-4), id: "3"), RecoveryCase.Set(Now.AddMinutes(-64), id: "2"), RecoveryCase.Set(Now.AddMinutes(-70), id: "1")), RecoveryComponent.Database);

        Assert.Equal((Outcome.Failed, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(63)), (row.Outcome, row.Actual, row.WorstCase));
        Assert.Contains("1:03:00", row.Evidence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DatabaseBackup.SnapshotStage)]
    [InlineData(ClusterBackup.SnapshotStage)]
    public void What_retention_has_removed_was_an_end_of_an_interval_all_the_same(string stage)
    {
        var journal = RecoveryCase.Restore("Backup", id: "2", set: "2", minutesAgo: 61) with
        {
            EndedAt = Now.AddMinutes(-58), Steps = [RecoveryCase.Step(stage, 1) with { StartedAt = Now.AddMinutes(-60) }],
        };
        var evidence = With(RecoveryCase.Set(Now.AddMinutes(-50), id: "3"), RecoveryCase.Set(Now.AddMinutes(-90), id: "1"));

        Assert.Equal(TimeSpan.FromMinutes(43), Measure(evidence, RecoveryComponent.Database).WorstCase);
        Assert.Equal(TimeSpan.FromMinutes(32), Measure(evidence with { Journals = [journal] }, RecoveryComponent.Database).WorstCase);

        // One that failed, was of something else, or is known to be damaged ended nothing.
        OperationJournal[] none = [journal with { Outcome = Outcome.Failed }, journal with { Id = "x", BackupId = "x", Steps = [RecoveryCase.Step(ConfigurationPart.Stage, 1)] }];
        Assert.Equal(TimeSpan.FromMinutes(43), Measure(evidence with { Journals = none }, RecoveryComponent.Database).WorstCase);
        var damaged = evidence with { Journals = [journal], Sets = [.. evidence.Sets, RecoveryCase.Set(Now.AddMinutes(-60), id: "2", proof: Outcome.Failed)] };
        Assert.Equal(TimeSpan.FromMinutes(43), Measure(damaged, RecoveryComponent.Database).WorstCase);
    }

    [Fact]
    public void What_lies_more_than_a_week_back_does_not_count_any_more()
    {
        var sets = With(RecoveryCase.Set(Now, id: "3"), RecoveryCase.Set(Now.AddMinutes(-10), id: "2"), RecoveryCase.Set(Now.AddDays(-8), id: "1"));

        Assert.True(Measure(sets, RecoveryComponent.Database).WorstCase > TimeSpan.FromDays(7));
        Assert.Equal(TimeSpan.FromMinutes(13), Measure(sets with { Now = Now.AddDays(6.999) }, RecoveryComponent.Database).WorstCase);
    }

    [Fact]
    public void The_archive_counts_where_it_reaches_further_than_the_newest_set()
    {
        var set = RecoveryCase.Set(Now.AddHours(-5));
        var archive = new RecoverablePoint(Now.AddSeconds(-7), "A commit of 12:59:53 was found in the received log.");

        var row = Measure(With(set) with { Archive = archive }, RecoveryComponent.Database);

        Assert.Equal((Outcome.Passed, TimeSpan.FromSeconds(7), archive.Basis), (row.Outcome, row.Actual, row.Evidence));
        Assert.Equal(TimeSpan.FromHours(5), Measure(With(set) with { Archive = archive with { Time = Now.AddHours(-6) } }, RecoveryComponent.Database).Actual);
        Assert.Equal(Outcome.Failed, Measure(With(set) with { Archive = archive with { Time = Now.AddMinutes(-16) } }, RecoveryComponent.Database).Outcome);
        Assert.Contains("A segment is missing.", Measure(With(set) with { ArchiveProblem = "A segment is missing." }, RecoveryComponent.Database).Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_systems_age_is_that_of_its_oldest_part()
    {
        var system = RecoveryCase.Set(Now.AddSeconds(-30), BackupParts.Database | BackupParts.Configuration | BackupParts.Cache);
        var row = Measure(With(system), RecoveryComponent.System);

        Assert.Equal((Outcome.Passed, TimeSpan.FromSeconds(31)), (row.Outcome, row.Actual));
        Assert.Contains("3.0 s apart", row.Evidence, StringComparison.Ordinal);
        Assert.Equal(Outcome.Failed, Measure(With(RecoveryCase.Set(Now)), RecoveryComponent.System).Outcome);
    }

    [Fact]
    public void Of_a_lost_deployment_only_what_its_repository_tells_is_measured()
    {
        var set = RecoveryCase.Set(Now, BackupParts.Database | BackupParts.Configuration | BackupParts.Cache);
        var evidence = With(set) with { IsLive = false };

        Assert.Equal(Outcome.Passed, Measure(evidence, RecoveryComponent.Database).Outcome);
        Assert.Equal(Outcome.Passed, Measure(evidence, RecoveryComponent.System).Outcome);
        foreach (var component in new[] { RecoveryComponent.MessageQueue, RecoveryComponent.Configuration })
        {
            var row = Measure(evidence, component);
            Assert.Equal((Outcome.NotRun, null, null), (row.Outcome, row.Actual, row.MeasuredAt));
            Assert.Contains(set.Id, row.Evidence, StringComparison.Ordinal);
            Assert.Contains("-Name", row.Remedy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_moment_by_a_clock_that_is_ahead_is_no_negative_loss() =>
        Assert.Equal(TimeSpan.Zero, Measure(With(RecoveryCase.Set(Now.AddSeconds(3))), RecoveryComponent.Database).Actual);

    private static RecoveryEvidence With(params Backup[] sets) => RecoveryCase.With() with { Sets = sets };

    private static RecoveryObjective Measure(RecoveryEvidence evidence, RecoveryComponent component) =>
        RecoveryCase.Measure(evidence, RecoveryObjectiveKind.RPO, component);
}
