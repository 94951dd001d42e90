namespace LettaDr.Tests;

/// <summary>Which copy and which log lead to a moment, and what is refused.</summary>
public sealed class RecoveryPlannerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly SyntheticLog _log = new();
    private readonly List<Backup> _sets = [];

    [Fact]
    public void A_moment_between_two_commits_ends_before_the_second()
    {
        Commit(0);
        Copy(1);
        Commit(2);
        var second = Commit(2.1);
        Commit(3);

        var plan = Plan(RecoveryTarget.At(Noon.AddMinutes(2.05)));

        Assert.Equal((second, false), (plan.Stop, plan.Inclusive));
        Assert.Equal(Noon.AddMinutes(2), plan.LastCommit);
        Assert.Equal((2, Noon.AddMinutes(3)), (plan.CommitsAfter, plan.LastCommitAfter!.Value));
        Assert.Equal(Noon.AddMinutes(3), plan.Window.Latest);
    }

    [Fact]
    public void A_commit_of_just_that_moment_is_recovered()
    {
        Copy(1);
        Commit(2);
        Commit(3);
        var third = Commit(4);
        Assert.Equal(third, Plan(RecoveryTarget.At(Noon.AddMinutes(3))).Stop);
        Assert.Equal(Noon.AddMinutes(4), Plan(RecoveryTarget.At(Noon.AddMinutes(4))).LastCommit);
    }

    [Fact]
    public void The_newest_copy_before_the_moment_is_taken()
    {
        Copy(1, "first");
        Commit(2);
        Copy(3, "second");
        Commit(4);
        Commit(5);
        Assert.Equal("second", Plan(RecoveryTarget.At(Noon.AddMinutes(4))).Backup.Id);
        var early = Plan(RecoveryTarget.At(Noon.AddMinutes(2)));
        Assert.Equal("first", early.Backup.Id);
        // From the oldest copy on, whichever one is begun with.
        Assert.Equal(Noon.AddMinutes(1), Plan(RecoveryTarget.Latest).Window.Earliest);
        Assert.Equal("first", Plan(RecoveryTarget.At(new Lsn(early.Stop.Value - 1))).Backup.Id);
    }

    [Fact]
    public void An_incremental_copy_brings_those_that_it_builds_on_and_one_without_them_is_no_copy()
    {
        Copy(1, "full");
        Commit(2);
        Copy(3, "incremental", "full");
        Commit(4);
        Assert.Equal(["full", "incremental"], Plan(RecoveryTarget.Latest).Chain.Select(set => set.Id));

        Copy(5, "orphan", "gone");
        Commit(6);
        Assert.Equal("incremental", Plan(RecoveryTarget.Latest).Backup.Id);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(99)]
    public void A_moment_outside_is_refused_with_the_window(double minute)
    {
        Copy(1);
        Commit(2);

        var refused = Assert.Throws<LettaDrException>(() => Plan(RecoveryTarget.At(Noon.AddMinutes(minute))));

        Assert.Equal("OutsideRecoverableWindow", refused.Id);
        Assert.Contains("2026-11-22 12:01:00.000Z", refused.Message, StringComparison.Ordinal);
        Assert.Contains("2026-11-22 12:02:00.000Z", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_newest_restore_point_of_a_name_is_meant()
    {
        Copy(1);
        _log.RestorePoint("before", Noon.AddMinutes(2));
        Commit(3);
        var between = _log.End;
        _log.RestorePoint("before", Noon.AddMinutes(4));
        Commit(5);
        Partial();

        var plan = Plan(RecoveryTarget.At("before"));
        Assert.Equal((between, true, 1), (plan.Stop, plan.Inclusive, plan.CommitsAfter));
        Assert.Equal("RestorePointNotFound", Assert.Throws<LettaDrException>(() => Plan(RecoveryTarget.At("other"))).Id);
    }

    [Fact]
    public void A_position_after_the_last_commit_is_the_end_of_it()
    {
        Copy(1);
        var begin = _log.End;
        Commit(2);
        Assert.Equal((begin, true), (Plan(RecoveryTarget.At(_log.End)).Stop, true));
        Assert.Equal("OutsideRecoverableWindow", Assert.Throws<LettaDrException>(() => Plan(RecoveryTarget.At(new Lsn(_log.End.Value + 8)))).Id);
    }

    [Fact]
    public void A_missing_segment_is_refused_with_what_is_still_reachable()
    {
        Copy(1);
        Commit(2);
        _log.Switch();
        Commit(3);
        var missing = _log.Current;
        _log.Switch();
        Commit(4);
        _log.Contents.Remove(missing);

        var refused = Assert.Throws<LettaDrException>(() => Plan(RecoveryTarget.At(Noon.AddMinutes(3.5))));
        Assert.Equal("WalBroken", refused.Id);
        Assert.Contains(missing, refused.Message, StringComparison.Ordinal);
        Assert.Contains("12:02:00.000Z", refused.Message, StringComparison.Ordinal);
        // What lies before is still reachable, and the latest is what was committed last before it.
        Assert.Equal(Noon.AddMinutes(2), Plan(RecoveryTarget.Latest).LastCommit);
        Assert.NotNull(Plan(RecoveryTarget.Latest).Window.Problem);
    }

    [Fact]
    public void The_log_is_followed_to_the_newest_timeline_and_to_another_when_told()
    {
        Copy(1);
        Commit(2);
        _log.Promote();
        Commit(3);
        Commit(4);

        var newest = Plan(RecoveryTarget.At(Noon.AddMinutes(3)));
        Assert.Equal((2u, 2u), (newest.History.Timeline, newest.Timeline!.Value));
        var first = Plan(RecoveryTarget.Latest, 1);
        Assert.Equal((1u, null, Noon.AddMinutes(2)), (first.History.Timeline, first.Timeline, first.LastCommit!.Value));
    }

    [Fact]
    public void A_server_that_was_put_back_to_an_older_timeline_is_not_recovered_to_the_newer_one_unless_that_is_named()
    {
        Copy(1);
        Commit(2);
        _log.Promote();
        Commit(3);
        _log.Undo();
        Commit(4);

        var undecided = Assert.Throws<LettaDrException>(() => Plan(RecoveryTarget.Latest));
        Assert.Equal("TimelineUndecided", undecided.Id);
        Assert.Contains("2026-11-22 12:03:00Z", undecided.Message, StringComparison.Ordinal);
        Assert.Contains("timeline 1 goes on beside it until 2026-11-22 12:04:00Z", undecided.Message, StringComparison.Ordinal);
        Assert.Contains("-Timeline 1", undecided.Remedy, StringComparison.Ordinal);
        Assert.Equal("TimelineUndecided", Assert.Throws<LettaDrException>(() => ArchiveRecovery.Of(_log, _sets[0], CancellationToken.None)).Id);
        Assert.Equal((Noon.AddMinutes(4), true), (Plan(RecoveryTarget.Latest, 1).LastCommit!.Value, Plan(RecoveryTarget.Latest, 1).IsTimelineNamed));
        Assert.Equal(Noon.AddMinutes(3), Plan(RecoveryTarget.Latest, 2).LastCommit);
    }

    [Fact]
    public void What_a_recovery_left_behind_does_not_dispute_the_timeline_that_it_began()
    {
        Copy(1);
        Commit(2);
        _log.Promote();
        Commit(5);
        var newest = _log.Current;
        _log.Undo();
        Commit(3);
        _log.Partials.Add(newest);

        Assert.Equal((2u, Noon.AddMinutes(5)), (Plan(RecoveryTarget.Latest).History.Timeline, Plan(RecoveryTarget.Latest).LastCommit!.Value));
        var outside = Assert.Throws<LettaDrException>(() => Plan(RecoveryTarget.At(Noon.AddMinutes(6))));
        Assert.Contains("what was written on 1 beside it is reached by -Timeline", outside.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tablespace_that_the_log_creates_outside_of_the_data_directory_is_not_replayed()
    {
        Copy(1);
        Commit(2);
        _log.Tablespace(string.Empty);
        Commit(3);
        var created = _log.End;
        _log.Tablespace("/var/lib/postgresql/ts");
        Commit(4);

        var refused = Assert.Throws<LettaDrException>(() => Plan(RecoveryTarget.Latest));

        Assert.Equal("TablespacesElsewhere", refused.Id);
        Assert.Contains("(/var/lib/postgresql/ts)", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"-Lsn {created} ", refused.Remedy, StringComparison.Ordinal);
        Assert.Equal((created, false), (Plan(RecoveryTarget.At(created)).Stop, false));
        Assert.Equal(Noon.AddMinutes(2), Plan(RecoveryTarget.At(Noon.AddMinutes(2.5))).LastCommit);
    }

    [Fact]
    public void A_tablespace_that_was_created_while_the_copy_was_made_is_not_replayed_either()
    {
        _log.Fill(100);
        var start = _log.End;
        _log.Tablespace("/elsewhere");
        Copy(1, start: start);
        Commit(2);
        Assert.Equal("TablespacesElsewhere", Assert.Throws<LettaDrException>(() => Plan(RecoveryTarget.Latest)).Id);

        // A newer copy brings it inside.
        Copy(3, "newer");
        Commit(4);
        Assert.Equal("newer", Plan(RecoveryTarget.Latest).Backup.Id);
    }

    [Fact]
    public void A_copy_of_a_timeline_that_is_not_received_yet_is_told_as_one_that_the_log_does_not_lead_on_from()
    {
        Copy(1);
        Commit(2);
        var copy = _sets[0] with { Manifest = _sets[0].Manifest! with { Cluster = _sets[0].Manifest!.Cluster! with { Timeline = 2 } } };

        var (point, problem) = ArchiveRecovery.Of(_log, copy, CancellationToken.None);

        Assert.Null(point);
        Assert.Contains("goes on with timeline 1, to which the physical copy base does not lead", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_physical_copy_there_is_nothing_to_recover()
    {
        Commit(1);
        _sets.Add(Sample.Set(Noon));
        Assert.Equal("BaseBackupMissing", Assert.Throws<LettaDrException>(() => Plan(RecoveryTarget.Latest)).Id);
    }

    private RecoveryPlan Plan(RecoveryTarget target, uint? timeline = null) =>
        new RecoveryPlanner(new SetBases(new FakeRepository([.. _sets]), _sets, _log)).Plan(target, timeline, CancellationToken.None);

    /// <summary>The position where the record begins.</summary>
    private Lsn Commit(double minute)
    {
        var begin = _log.End;
        _log.Commit(Noon.AddMinutes(minute));
        Partial();
        return begin;
    }

    private void Partial()
    {
        _log.Partials.Clear();
        _log.Partials.Add(_log.Current);
    }

    private void Copy(double minute, string id = "base", string? parent = null, Lsn? start = null)
    {
        if (_log.Contents.Count == 0)
        {
            _log.Fill(100);
        }

        var time = Noon.AddMinutes(minute);
        var set = Sample.Set(time, parts: BackupParts.None);
        _sets.Add(set with
        {
            Id = id, SnapshotTime = time,
            Manifest = set.Manifest! with
            {
                Id = id, Files = [],
                Cluster = new ClusterPart
                {
                    Type = parent is null ? BaseBackupType.Full : BaseBackupType.Incremental, ParentId = parent, SnapshotTime = time,
                    StartLsn = start ?? _log.End, EndLsn = _log.End, SnapshotLsn = _log.End, Timeline = 1, WalSegmentSize = SyntheticLog.SegmentSize,
                    SystemIdentifier = _log.SystemIdentifier, Database = "letta", ServerVersion = "17.5", Tables = 1, Rows = 1, Bytes = 1,
                },
            },
        });
    }
}
