namespace LettaDr.Tests;

/// <summary>A set's own log beside what was received of the same segments.</summary>
public sealed class SetLogTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_two_copies_of_a_segment_that_was_being_written_to_the_one_that_goes_further_counts(bool receivedIsLonger)
    {
        var log = new SyntheticLog();
        log.Commit(Noon);
        var set = Set(log);
        byte[] shorter = [.. log.Contents[log.Current]];
        log.Commit(Noon.AddMinutes(1));
        byte[] longer = [.. log.Contents[log.Current]];
        log.Partials.Add(log.Current);
        var repository = new FakeRepository(set);
        repository.Contents[set.Manifest!.Files[0].Name] = receivedIsLonger ? shorter : longer;
        log.Contents[log.Current] = receivedIsLonger ? longer : shorter;

        // The set was completed long after anything was received, as its fingerprints take their time.
        var joined = new SetLog(repository, set, log);
        var end = new WalWalk(joined, log.History, SyntheticLog.Begin).Finish(CancellationToken.None);

        Assert.Equal(Noon.AddMinutes(1), end.LastCommitTime);
    }

    [Fact]
    public void What_was_received_whole_counts_more_than_what_the_set_has_in_part()
    {
        var log = new SyntheticLog();
        log.Commit(Noon);
        var set = Set(log);
        var repository = new FakeRepository(set);
        repository.Contents[set.Manifest!.Files[0].Name] = [.. log.Contents[log.Current]];
        log.Switch();
        log.Commit(Noon.AddMinutes(1));

        var end = new WalWalk(new SetLog(repository, set, log), log.History, SyntheticLog.Begin).Finish(CancellationToken.None);

        Assert.Equal(Noon.AddMinutes(1), end.LastCommitTime);
    }

    [Fact]
    public void A_set_of_a_later_timeline_has_its_history()
    {
        var log = new SyntheticLog();
        log.Commit(Noon);
        var set = Set(log);
        var files = set.Manifest!.Files.Append(new BackupFile($"{ClusterPart.WalFolder}00000002.history.zst", 1, string.Empty)).ToList();
        var repository = new FakeRepository(set);
        repository.Contents[files[^1].Name] = "1\t0/5000000\tbefore 2026-11-22\n"u8.ToArray();

        var own = new SetLog(repository, set with { Manifest = set.Manifest with { Files = files } }, null);

        Assert.Equal(new TimelineSwitch(1, new Lsn(0x5000000), "before 2026-11-22"), WalChain.Newest(own).Switches.Single());
        Assert.Single(own.Files());
    }

    private static Backup Set(SyntheticLog log)
    {
        var set = Sample.Set(Noon, parts: BackupParts.None);
        return set with
        {
            Manifest = set.Manifest! with
            {
                CompletedAt = Noon.AddHours(1), Files = [new BackupFile($"{ClusterPart.WalFolder}{log.Current}.zst", 1, string.Empty)],
                Cluster = new ClusterPart
                {
                    Type = BaseBackupType.Full, SnapshotTime = Noon, StartLsn = SyntheticLog.Begin, EndLsn = log.End, SnapshotLsn = log.End, Timeline = 1,
                    WalSegmentSize = SyntheticLog.SegmentSize, SystemIdentifier = log.SystemIdentifier, Database = "letta", ServerVersion = "17.5",
                    Tables = 1, Rows = 1, Bytes = 1,
                },
            },
        };
    }
}
