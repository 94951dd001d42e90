using System.Diagnostics;
using System.Management.Automation;

namespace LettaDr.Cmdlets;

/// <summary>Shows an operation in a cmdlet's streams, at most ten times a second.</summary>
internal sealed class CmdletObserver(
    Action<ProgressRecord> writeProgress, Action<string> writeVerbose, Action<string> writeWarning) : IOperationObserver
{
    private const int ActivityId = 7283;
    private long _nextUpdate;
    private volatile string? _activity;

    public void Progress(OperationProgress progress)
    {
        var now = Stopwatch.GetTimestamp();
        var due = Interlocked.Read(ref _nextUpdate);
        var following = now + (Stopwatch.Frequency / 10);
        if (now < due || Interlocked.CompareExchange(ref _nextUpdate, following, due) != due)
        {
            return;
        }

        _activity = progress.Activity;
        var record = new ProgressRecord(ActivityId, progress.Activity, Describe(progress))
        {
            PercentComplete = progress.BytesTotal > 0
                ? (int)Math.Min(100, progress.BytesDone * 100 / progress.BytesTotal)
                : -1,
            SecondsRemaining = progress.Remaining is { } left ? (int)left.TotalSeconds : -1,
        };
        writeProgress(record);
    }

    public void Verbose(string message) => writeVerbose(message);

    public void Warning(string message) => writeWarning(message);

    /// <summary>Takes the bar away.</summary>
    public void Complete()
    {
        if (_activity is { } activity)
        {
            _activity = null;
            writeProgress(new ProgressRecord(ActivityId, activity, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }

    private static string Describe(OperationProgress progress)
    {
        if (progress.BytesDone == 0 && progress.BytesTotal == 0)
        {
            return progress.Status;
        }

        var total = progress.BytesTotal > 0 ? $" of {ByteSize.Format(progress.BytesTotal)}" : string.Empty;
        var rate = progress.Rate > 0 ? $", {ByteSize.Format((long)progress.Rate)}/s" : string.Empty;
        return $"{progress.Status}: {ByteSize.Format(progress.BytesDone)}{total}{rate}";
    }
}
