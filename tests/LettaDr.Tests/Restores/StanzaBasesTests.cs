namespace LettaDr.Tests;

/// <summary>Which of a stanza's backups lead to a moment.</summary>
public sealed class StanzaBasesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly SyntheticLog _log = new();
    private readonly List<Backup> _backups = [];

    [Fact]
    public void The_newest_backup_before_the_moment_is_taken_and_its_fingerprints_are_passed()
    {
        Copy(1, "first");
        _log.Commit(Noon.AddMinutes(2));
        Copy(3, "second");
        _log.Commit(Noon.AddMinutes(4));
        _log.Commit(Noon.AddMinutes(5));

        var plan = Plan(RecoveryTarget.At(Noon.AddMinutes(4)));
        Assert.Equal(("second", true, 1), (plan.Backup.Id, plan.PassesSnapshot, plan.CommitsAfter));
        Assert.Equal("first", Plan(RecoveryTarget.At(Noon.AddMinutes(2))).Backup.Id);
        Assert.Equal(Noon.AddMinutes(1), plan.Window.Earliest);
    }

    [Fact]
    public void A_backup_of_others_is_recovered_without_a_comparison_and_not_to_the_second_in_which_it_ended()
    {
        Copy(1, "theirs", isProven: false);
        _log.Commit(Noon.AddMinutes(2));
        _log.Commit(Noon.AddMinutes(3));

        var plan = Plan(RecoveryTarget.At(Noon.AddMinutes(2)));
        Assert.Equal((false, false), (plan.IsProvable, plan.PassesSnapshot));
        Assert.Equal("OutsideRecoverableWindow", Refused(RecoveryTarget.At(Noon.AddMinutes(1).AddMilliseconds(900))).Id);
    }

    [Fact]
    public void A_moment_after_the_archive_is_refused_with_the_window_and_the_way_to_more_log()
    {
        Copy(1, "only");
        _log.Commit(Noon.AddMinutes(2));
        _log.Switch();

        var late = Refused(RecoveryTarget.At(Noon.AddMinutes(9)));
        Assert.Contains("2026-11-22 12:02:00.000Z", late.Message, StringComparison.Ordinal);
        Assert.Contains("pgbackrest --stanza=main check", late.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("check", Refused(RecoveryTarget.At(Noon)).Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_backups_those_of_another_cluster_and_of_an_old_pgBackRest_are_no_base()
    {
        Copy(1, "damaged");
        _backups[0] = _backups[0] with { State = BackupState.Damaged };
        Copy(1, "other", change: part => part with { SystemIdentifier = "1" });
        Copy(1, "old", change: part => part with { StartLsn = null });
        _log.Commit(Noon.AddMinutes(2));

        Assert.Equal("BaseBackupMissing", Refused(RecoveryTarget.Latest).Id);
    }

    [Fact]
    public void Fingerprints_beyond_a_change_of_timelines_are_not_compared()
    {
        Copy(1, "left");
        _log.Promote();
        _log.Commit(Noon.AddMinutes(2));
        var end = _log.End;
        _log.Commit(Noon.AddMinutes(3));
        _backups[0] = _backups[0] with
        {
            Manifest = _backups[0].Manifest! with { PgBackRest = _backups[0].Manifest!.PgBackRest! with { SnapshotLsn = end } },
        };

        Assert.False(Plan(RecoveryTarget.Latest).PassesSnapshot);
    }

    /// <summary>A set of some parts, with a manifest that says no more.</summary>
    internal static Backup Set(DateTimeOffset time, BackupParts parts)
    {
        var set = Sample.Set(time, parts: parts & BackupParts.Database);
        return set with
        {
            Manifest = set.Manifest! with
            {
                PgBackRest = parts.HasFlag(BackupParts.PgBackRest) ? Part(time, new Lsn(1), "1") : null,
                Cluster = parts.HasFlag(BackupParts.Cluster) ? new ClusterPart
                {
                    Type = BaseBackupType.Full, SnapshotTime = time, StartLsn = new Lsn(1), EndLsn = new Lsn(1), SnapshotLsn = new Lsn(1), Timeline = 1,
                    WalSegmentSize = WalSegment.DefaultSize, SystemIdentifier = "1", Database = "letta", ServerVersion = "17.5", Tables = 1, Rows = 1, Bytes = 1,
                } : null,
            },
        };
    }

    private static PgBackRestPart Part(DateTimeOffset time, Lsn position, string system) => new()
    {
        Stanza = "main", BackupLabel = "label", Type = PgBackRestBackupType.Full, Repository = 1, SnapshotTime = time, StartLsn = position, EndLsn = position,
        SnapshotLsn = position, Timeline = 1, SystemIdentifier = system, Database = "letta", ServerVersion = "17", Bytes = 1, RepositoryBytes = 1,
    };

    private RecoveryPlan Plan(RecoveryTarget target) => new RecoveryPlanner(
        new StanzaBases("main", _backups, _log, SyntheticLog.SegmentSize)).Plan(target, null, CancellationToken.None);

    private LettaDrException Refused(RecoveryTarget target) => Assert.Throws<LettaDrException>(() => Plan(target));

    private void Copy(double minute, string id, bool isProven = true, Func<PgBackRestPart, PgBackRestPart>? change = null)
    {
        if (_log.Contents.Count == 0)
        {
            _log.Fill(100);
        }

        var time = Noon.AddMinutes(minute);
        var part = Part(time, _log.End, _log.SystemIdentifier) with { SnapshotLsn = isProven ? _log.End : null };
        var set = Set(time, BackupParts.PgBackRest);
        _backups.Add(set with { Id = id, Manifest = set.Manifest! with { PgBackRest = change is null ? part : change(part) } });
    }
}
