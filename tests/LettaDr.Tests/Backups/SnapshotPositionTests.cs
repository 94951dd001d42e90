namespace LettaDr.Tests;

public sealed class SnapshotPositionTests
{
    [Fact]
    public void The_position_is_where_the_first_commit_begins_that_the_snapshot_does_not_see()
    {
        var position = Log(10, 11, 13, 12, 15);

        Assert.Equal(13U, position.Find(TransactionSnapshot.Parse("12:16:12,13,15"))!.TransactionId);
        Assert.Equal(15U, position.Find(TransactionSnapshot.Parse("14:14:"))!.TransactionId);
    }

    [Fact]
    public void There_is_none_where_a_later_commit_is_seen_and_an_earlier_one_is_not() =>
        Assert.Null(Log(10, 11, 13, 12, 15).Find(TransactionSnapshot.Parse("13:16:13,15")));

    [Fact]
    public void There_is_none_while_nothing_lies_beyond_it()
    {
        var position = Log(10, 11);
        var snapshot = TransactionSnapshot.Parse("12:12:");

        Assert.Null(position.Find(snapshot));
        position.Add(Commit(12, 3));
        Assert.Equal(12U, position.Find(snapshot)!.TransactionId);
    }

    [Fact]
    public void A_later_snapshot_is_judged_by_what_was_passed_before_as_well()
    {
        var position = Log(10, 12, 11, 14);
        Assert.Null(position.Find(TransactionSnapshot.Parse("12:15:12,14")));

        Assert.Equal(14U, position.Find(TransactionSnapshot.Parse("13:13:"))!.TransactionId);
    }

    [Fact]
    public void Numbers_come_round()
    {
        var position = Log(4294967290, 4294967295, 3, 5);

        Assert.Equal(5U, position.Find(TransactionSnapshot.Parse("8589934594:8589934597:"))!.TransactionId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1:2")]
    [InlineData("1:2:x")]
    public void What_is_no_snapshot_is_refused(string text) => Assert.Throws<FormatException>(() => TransactionSnapshot.Parse(text));

    private static SnapshotPosition Log(params uint[] transactions)
    {
        var position = new SnapshotPosition();
        foreach (var (transaction, index) in transactions.Select((transaction, index) => (transaction, index)))
        {
            position.Add(Commit(transaction, index));
        }

        return position;
    }

    private static WalEvent Commit(uint transaction, int index) =>
        new(new Lsn((ulong)(1000 + (index * 100))), new Lsn((ulong)(1034 + (index * 100))), WalEventKind.Commit, transaction, Sample.Moment, null);
}
