using System.Management.Automation;

namespace LettaDr.Console.Tests;

public sealed class ProgressTests
{
    private readonly ProgressTree _tree = new();

    [Fact]
    public void Inner_activities_stand_below_and_end_with_their_outer()
    {
        _tree.Report(1, Record(0, "outer"));
        _tree.Report(1, Record(5, "other"));
        _tree.Report(1, Record(1, "inner", parent: 0));
        Assert.Equal([("outer", 0), ("inner", 1), ("other", 0)], _tree.Ordered().Select(n => (n.Node.Record.Activity, n.Depth)));
        _tree.Report(1, Record(0, "outer", done: true));
        Assert.Equal("other", Assert.Single(_tree.Ordered()).Node.Record.Activity);
    }

    [Fact]
    public void Rows_tell_percentage_time_left_and_what_is_done_within_the_width()
    {
        ProgressRecord record = Record(0, "Backing up letta");
        record.PercentComplete = 42;
        record.SecondsRemaining = 3661;
        record.StatusDescription = "Copying rows\nof messages " + new string('x', 200);
        _tree.Report(1, record);
        string[] rows = ProgressRows.Render(_tree, 99, 10, colours: false);
        Assert.Equal(2, rows.Length);
        Assert.Matches("^Backing up letta .* 42 %  01:01:01 left *$", rows[0]);
        Assert.StartsWith("  Copying rows of messages xxx", rows[1], StringComparison.Ordinal);
        Assert.All(rows, row => Assert.InRange(row.Length, 1, 99));
        Assert.DoesNotContain('\e', string.Concat(rows));
    }

    [Fact]
    public void There_are_no_more_rows_than_fit()
    {
        for (int i = 0; i < 20; i++)
        {
            _tree.Report(1, Record(i, "activity " + i));
        }

        Assert.Equal(6, ProgressRows.Render(_tree, 80, 6, colours: true).Length);
    }

    [Fact]
    public void Where_nobody_watches_a_line_is_written_now_and_then()
    {
        var clock = new HandClock();
        TextWriter before = System.Console.Error;
        using var written = new StringWriter();
        System.Console.SetError(written);
        try
        {
            using var progress = new PlainProgress(new Terminal(nonInteractive: true), clock);
            for (int second = 0; second <= 75; second++)
            {
                ProgressRecord record = Record(0, "Backing up");
                record.PercentComplete = second;
                progress.Report(1, record);
                clock.Advance(TimeSpan.FromSeconds(1));
            }

            progress.Report(1, Record(0, "Backing up", done: true));
        }
        finally
        {
            System.Console.SetError(before);
        }

        Assert.Equal("Backing up: 10 %, busy\nBacking up: 40 %, busy\nBacking up: 70 %, busy\nBacking up: ended\n", written.ToString());
    }

    private static ProgressRecord Record(int id, string activity, int parent = -1, bool done = false) => new(id, activity, "busy")
    {
        ParentActivityId = parent,
        RecordType = done ? ProgressRecordType.Completed : ProgressRecordType.Processing,
    };

    private sealed class HandClock : TimeProvider
    {
        private long _now = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Advance(TimeSpan by) => _now += by.Ticks;
    }
}
