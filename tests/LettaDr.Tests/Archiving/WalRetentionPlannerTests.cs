namespace LettaDr.Tests;

public sealed class WalRetentionPlannerTests
{
    private static readonly DateTimeOffset Time = Sample.Moment;

    [Fact]
    public void Log_goes_that_lies_before_the_oldest_kept_physical_set_and_none_while_no_set_is_proven()
    {
        var log = Log(5);
        var old = Physical(2, 100, proven: true, age: 2);
        var young = Physical(4, 0, proven: false, age: 1);

        var (decision, doomed) = WalRetentionPlanner.Decide("letta", log, [young, old]);
        Assert.Equal([1UL], doomed.Select(file => file.Segment.Number));
        Assert.Equal((1, SyntheticLog.SegmentSize, $"needed by {old.Id}"), (decision.Doomed, decision.Size, decision.Reason));
        Assert.Equal((old.Manifest!.Cluster!.StartLsn, false), (decision.KeepFrom, decision.Removed));

        Assert.Empty(WalRetentionPlanner.Decide("letta", log, [young]).Doomed);
        Assert.Equal([1UL, 2UL, 3UL], WalRetentionPlanner.Decide("letta", log, [young with { LastProof = Sample.Proof(young.Id, Outcome.Passed) }]).Doomed.Select(file => file.Segment.Number));
        Assert.Empty(WalRetentionPlanner.Decide("letta", log, [young with { LastProof = Sample.Proof(young.Id, Outcome.Failed) }]).Doomed);
    }

    [Fact]
    public void Sets_of_another_cluster_or_that_are_logical_are_no_reason_to_remove_log()
    {
        var log = Log(5);

        foreach (var kept in new[] { [], [Sample.Set(Time, proven: true)], new[] { Sample.Physical(Time, proven: true, start: "1/0", system: "1") } })
        {
            var (decision, doomed) = WalRetentionPlanner.Decide("letta", log, kept);
            Assert.Empty(doomed);
            Assert.Equal((null, "no physical set of this cluster"), (decision.KeepFrom, decision.Reason));
        }
    }

    [Fact]
    public void Nobody_can_say_what_a_damaged_set_needs_so_nothing_goes()
    {
        var (decision, doomed) = WalRetentionPlanner.Decide("letta", Log(5), [Physical(4, 0, proven: true, age: 1), Sample.Set(Time.AddDays(-9), BackupState.Damaged)]);

        Assert.Empty(doomed);
        Assert.Contains("damaged", decision.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_still_being_received_stays()
    {
        var log = Log(3);
        log.Partials.Add(log.Files()[0].FileName);

        Assert.Equal([2UL], WalRetentionPlanner.Decide("letta", log, [Physical(3, 0, proven: true, age: 0)]).Doomed.Select(file => file.Segment.Number));
    }

    private static Backup Physical(int segment, int offset, bool proven, int age) => Sample.Physical(
        Time.AddDays(-age), proven: proven, start: new Lsn((ulong)((segment * SyntheticLog.SegmentSize) + offset)).ToString(), system: new SyntheticLog().SystemIdentifier);

    private static SyntheticLog Log(int segments)
    {
        var log = new SyntheticLog();
        for (var i = 0; i < segments; i++)
        {
            log.Commit(Time);
            log.Switch();
        }

        return log;
    }
}
