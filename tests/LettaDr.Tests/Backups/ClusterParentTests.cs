namespace LettaDr.Tests;

public sealed class ClusterParentTests
{
    private static readonly Backup Full = Sample.Physical(Sample.Moment.AddDays(-3));
    private static readonly Backup First = Sample.Physical(Sample.Moment.AddDays(-2), Full);
    private static readonly ClusterState State = new()
    {
        SystemIdentifier = Full.Manifest!.Cluster!.SystemIdentifier, ServerVersion = "17.5", Timeline = 1, SegmentSize = WalSegment.DefaultSize, Bytes = 1,
    };

    [Fact]
    public void The_newest_physical_set_of_the_cluster_is_built_on_unless_another_is_named()
    {
        var stranger = Sample.Physical(Sample.Moment, system: "1");

        Assert.Equal(First, Choose([Full, First, stranger, Sample.Set(Sample.Moment)]));
        Assert.Equal(Full, Choose([Full, First], Full));
    }

    [Fact]
    public void What_cannot_be_built_on_is_refused()
    {
        Assert.Equal("BaseBackupNotFound", Refusal([Sample.Set(Sample.Moment)]));
        Assert.Equal("BackupChainBroken", Refusal([First]));
        Assert.Equal("ParentOfOtherTimeline", Refusal([Full], state: State with { Timeline = 2 }));
        Assert.Equal("ParentOfOtherCluster", Refusal([Full], Full, State with { SystemIdentifier = "1" }));
        Assert.Equal("ParentElsewhere", Refusal([First], Full));
    }

    private static string Refusal(Backup[] sets, Backup? parent = null, ClusterState? state = null)
    {
        var refusal = Assert.Throws<LettaDrException>(() => Choose(sets, parent, state));
        Assert.Contains("-Type Base", refusal.Remedy, StringComparison.Ordinal);
        return refusal.Id;
    }

    private static Backup Choose(Backup[] sets, Backup? parent = null, ClusterState? state = null) => ClusterParent.Choose(
        new FakeRepository(sets),
        new BackupRequest
        {
            Deployment = new LettaDeployment { Name = "letta", Database = new DatabaseEndpoint { Host = "h", Database = "letta", UserName = "u" } },
            Physical = BaseBackupType.Incremental, Parent = parent,
        },
        state ?? State);
}
