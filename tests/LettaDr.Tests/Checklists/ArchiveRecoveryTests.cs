namespace LettaDr.Tests;

public sealed class ArchiveRecoveryTests
{
    private readonly SyntheticLog _log = new();
    private Backup _copy;

    public ArchiveRecoveryTests()
    {
        _log.Commit(RecoveryCase.Now.AddMinutes(-60));
        _copy = Copy(_log.End, 1);
    }

    [Fact]
    public void The_last_commit_that_was_received_is_the_point()
    {
        Fill(minutes: 50);

        var (point, problem) = Find();

        Assert.Equal((RecoveryCase.Now.AddMinutes(-10), null), (point!.Time, problem));
        Assert.Contains(_copy.Id, point.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public void A_commit_far_before_the_end_is_found_as_well()
    {
        Fill(minutes: 20);
        _log.Fill(20 * SyntheticLog.SegmentSize);

        Assert.Equal(RecoveryCase.Now.AddMinutes(-40), Find().Point!.Time);
    }

    [Fact]
    public void What_comes_after_a_hole_does_not_count()
    {
        Fill(minutes: 50);
        var names = _log.Contents.Keys.Order(StringComparer.Ordinal).ToList();
        var all = Find().Point!.Time;
        _log.Contents.Remove(names[^4]);

        var (point, _) = Find();

        Assert.True(point!.Time < all);
        Assert.Contains("no further: ", point.Basis, StringComparison.Ordinal);
        Assert.Contains(names[^4], point.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public void Nor_does_what_comes_after_damage_near_the_end()
    {
        Fill(minutes: 50);
        var names = _log.Contents.Keys.Order(StringComparer.Ordinal).ToList();
        var all = Find().Point!.Time;
        _log.Contents[names[^2]][20_000] ^= 1;

        var (point, _) = Find();

        Assert.True(point!.Time < all, $"{point.Time}");
        Assert.Contains("no further: ", point.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_segment_that_the_copy_ends_in_or_a_commit_after_it_nothing_is_recovered()
    {
        Assert.Contains("has no commit after", Find().Problem, StringComparison.Ordinal);
        Fill(minutes: 50);
        _log.Contents.Remove(_log.Contents.Keys.Order(StringComparer.Ordinal).First());

        var (point, problem) = Find();

        Assert.Null(point);
        Assert.Contains("lacks 0000000100000000", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_promotion_is_followed_and_a_copy_that_does_not_lead_there_is_none()
    {
        Fill(minutes: 20);
        var before = _log.End;
        _log.Promote();
        _log.Commit(RecoveryCase.Now.AddMinutes(-5));
        _log.Partials.Add(_log.Current);

        Assert.Equal(RecoveryCase.Now.AddMinutes(-5), Find().Point!.Time);

        // The old primary went on by itself, and was copied after that.
        _copy = Copy(new Lsn(before.Value + 8000), 1);
        Assert.Contains("does not lead", Find().Problem, StringComparison.Ordinal);
    }

    private (RecoverablePoint? Point, string? Problem) Find() => ArchiveRecovery.Of(_log, _copy, CancellationToken.None);

    /// <summary>A commit a minute, and half a segment of other work between.</summary>
    private void Fill(int minutes)
    {
        for (var minute = 1; minute <= minutes; minute++)
        {
            _log.Fill(SyntheticLog.SegmentSize / 2);
            _log.Commit(RecoveryCase.Now.AddMinutes(minute - 60));
        }
    }

    private Backup Copy(Lsn snapshot, uint timeline)
    {
        var set = RecoveryCase.Set(RecoveryCase.Now.AddMinutes(-60));
        return set with
        {
            Manifest = set.Manifest! with
            {
                Database = null,
                Cluster = new ClusterPart
                {
                    Type = BaseBackupType.Full, SnapshotTime = set.SnapshotTime, StartLsn = SyntheticLog.Begin, EndLsn = snapshot, SnapshotLsn = snapshot,
                    Timeline = timeline, WalSegmentSize = SyntheticLog.SegmentSize, SystemIdentifier = _log.SystemIdentifier, Database = "letta",
                    ServerVersion = "17.5", Tables = 49, Rows = 1, Bytes = 1,
                },
            },
        };
    }
}
