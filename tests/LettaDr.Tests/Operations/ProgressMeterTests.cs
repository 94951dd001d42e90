namespace LettaDr.Tests;

public sealed class ProgressMeterTests
{
    private readonly RecordingObserver _observer = new();

    [Fact]
    public void A_stage_is_told_at_once_and_counts_from_nought()
    {
        var meter = new ProgressMeter(_observer, "Backing up letta");

        meter.Stage("Copying", 1_000);
        meter.Add(600);
        meter.Stage("Publishing");

        var reports = _observer.Reports.ToList();
        Assert.Equal(("Backing up letta", "Copying", 0L, 1_000L), Facts(reports[0]));
        Assert.Equal(("Backing up letta", "Publishing", 0L, 0L), Facts(reports[^1]));
        Assert.Null(reports[^1].Remaining);
    }

    [Fact]
    public void Bytes_of_several_workers_add_up_and_are_told_seldom()
    {
        var meter = new ProgressMeter(_observer, "a");
        meter.Stage("s", 8_000_000);

        Parallel.For(0, 80_000, _ => meter.Add(100));
        Thread.Sleep(600);
        meter.Add(0);

        var last = _observer.Reports.Last();
        Assert.Equal(8_000_000, last.BytesDone);
        Assert.True(last.Rate > 0);
        Assert.InRange(_observer.Reports.Count, 2, 1_000);
    }

    [Fact]
    public void Half_done_there_is_about_as_much_time_left_as_has_passed()
    {
        var meter = new ProgressMeter(_observer, "a");
        meter.Stage("s", 2_000);
        meter.Add(1);
        Thread.Sleep(700);
        meter.Add(999);

        var last = _observer.Reports.Last();
        Assert.Equal(1_000, last.BytesDone);
        Assert.InRange(last.Remaining!.Value.TotalSeconds, 0.5, 1_000 / last.Rate * 1.01);
    }

    private static (string Activity, string Status, long Done, long Total) Facts(OperationProgress progress) =>
        (progress.Activity, progress.Status, progress.BytesDone, progress.BytesTotal);
}
