using System.Text;

namespace LettaDr.Tests;

/// <summary>Which timeline is followed where physical sets are all that is kept.</summary>
public sealed class RecoveryTimelinesTests
{
    private const string Cluster = "7";
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeRepository _repository = new();
    private readonly List<Backup> _sets = [];

    [Fact]
    public void A_copy_of_the_timeline_that_a_recovery_left_is_not_taken_though_it_reaches_further()
    {
        Copy("first", 0, 0x400);
        Copy("left", 1, 0x900);
        Copy("second", 2, 0x600, 2, (1, 0x500));

        var found = Find();

        Assert.Equal(["first", "second"], found.Select(copy => copy.Backup.Id));
        Assert.All(found, copy => Assert.Equal(2u, copy.History.Timeline));
        Assert.Equal([1u], found[0].Timelines.Beside(found[0].History));
        Assert.Equal(["first", "left"], Find(1).Select(copy => copy.Backup.Id));
    }

    [Fact]
    public void A_copy_made_after_a_recovery_was_undone_has_it_asked_which_timeline_is_wanted()
    {
        Copy("second", 2, 0x600, 2, (1, 0x500));
        Copy("later", 3, 0x900);

        Assert.Equal("TimelineUndecided", Refused(null));
        Assert.Equal("later", Find(1).Single().Backup.Id);
        Assert.Equal("second", Find(2).Single().Backup.Id);
    }

    [Fact]
    public void Two_timelines_of_one_number_are_not_taken_for_each_other()
    {
        Copy("one", 1, 0x600, 2, (1, 0x500));
        Copy("other", 2, 0x800, 2, (1, 0x700));
        Assert.Equal("TimelineAmbiguous", Refused(2));

        // What came of the one excludes the other, though the number and the position would do.
        Copy("of the other", 3, 0xa00, 3, (1, 0x700), (2, 0x900));
        var found = Find();
        Assert.Equal(["other", "of the other"], found.Select(copy => copy.Backup.Id));
        Assert.Equal([new Lsn(0x700), new Lsn(0x700)], found[0].Timelines.Histories(found[0].History).Select(history => history.Switches[0].At));
    }

    [Fact]
    public void A_timeline_that_nobody_knows_the_origin_of_is_refused_and_an_older_one_can_be_named()
    {
        Copy("first", 0, 0x400);
        Copy("second", 2, 0x600, 2);

        Assert.Equal("TimelineHistoryMissing", Refused(null));
        Assert.Equal("first", Find(1).Single().Backup.Id);
    }

    [Fact]
    public void A_set_whose_history_is_damaged_keeps_no_other_from_being_recovered()
    {
        Copy("first", 0, 0x400);
        Copy("broken", 1, 0x600, 2, (1, 0x500));
        Copy("second", 2, 0x700, 2, (1, 0x500));
        _repository.Contents[$"broken/{_sets[1].Manifest!.Files[0].Name}"] = "no history\n"u8.ToArray();

        Assert.Contains("second", Find().Select(copy => copy.Backup.Id));
        _sets.RemoveAt(2);
        Assert.Equal("first", Find(1).Single().Backup.Id);
    }

    private IReadOnlyList<RecoveryBase> Find(uint? timeline = null) => new SetBases(_repository, _sets, null).Find(timeline, CancellationToken.None);

    private string Refused(uint? timeline) => Assert.Throws<LettaDrException>(() => Find(timeline)).Id;

    private void Copy(string id, double minute, ulong end, uint timeline = 1, params (uint Timeline, ulong At)[] switches)
    {
        var set = Sample.Set(Noon.AddMinutes(minute), parts: BackupParts.None);
        var files = new List<BackupFile>();
        if (switches.Length > 0)
        {
            var history = new TimelineHistory { Timeline = timeline, Switches = [.. switches.Select(left => new TimelineSwitch(left.Timeline, new Lsn(left.At), id))] };
            files.Add(new BackupFile($"{ClusterPart.WalFolder}{history.FileName}.zst", 1, id));
            _repository.Contents[$"{id}/{files[0].Name}"] = Encoding.UTF8.GetBytes(history.Write());
        }

        _sets.Add(set with
        {
            Id = id, SnapshotTime = Noon.AddMinutes(minute),
            Manifest = set.Manifest! with
            {
                Id = id, Files = files,
                Cluster = new ClusterPart
                {
                    Type = BaseBackupType.Full, SnapshotTime = Noon.AddMinutes(minute), StartLsn = new Lsn(end), EndLsn = new Lsn(end), SnapshotLsn = new Lsn(end),
                    Timeline = timeline, WalSegmentSize = WalSegment.DefaultSize, SystemIdentifier = Cluster, Database = "letta", ServerVersion = "17.5",
                    Tables = 1, Rows = 1, Bytes = 1,
                },
            },
        });
    }
}
