using System.Diagnostics;

namespace LettaDr;

/// <summary>Counts bytes from several workers and reports them with rate and time left.</summary>
internal sealed class ProgressMeter(IOperationObserver observer, string activity)
{
    private readonly object _gate = new();
    private long _done;
    private long _total;
    private string _status = string.Empty;
    private long _stageStarted = Stopwatch.GetTimestamp();
    private long _stageDone;
    private long _lastReport;

    /// <summary>Begins a stage whose bytes are counted from nought.</summary>
    public void Stage(string status, long totalBytes = 0)
    {
        lock (_gate)
        {
            _status = status;
            _total = totalBytes;
            _stageDone = 0;
            Interlocked.Exchange(ref _done, 0);
            _stageStarted = Stopwatch.GetTimestamp();
            _lastReport = 0;
        }

        Report();
    }

    /// <summary>Adds bytes done.</summary>
    public void Add(long bytes)
    {
        Interlocked.Add(ref _done, bytes);
        var now = Stopwatch.GetTimestamp();
        if (now - Interlocked.Read(ref _lastReport) > Stopwatch.Frequency / 10)
        {
            Interlocked.Exchange(ref _lastReport, now);
            Report();
        }
    }

    private void Report()
    {
        OperationProgress progress;
        lock (_gate)
        {
            _stageDone = Interlocked.Read(ref _done);
            var seconds = Stopwatch.GetElapsedTime(_stageStarted).TotalSeconds;
            var rate = seconds > 0.5 ? _stageDone / seconds : 0;
            TimeSpan? left = rate > 0 && _total > _stageDone ? TimeSpan.FromSeconds((_total - _stageDone) / rate) : null;
            progress = new OperationProgress(activity, _status, Math.Min(_stageDone, Math.Max(_total, _stageDone)), _total, rate, left);
        }

        observer.Progress(progress);
    }
}
