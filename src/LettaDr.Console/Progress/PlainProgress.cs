using System.Management.Automation;

namespace LettaDr.Console;

/// <summary>
/// Progress where nobody watches: for an activity that takes long, a line after ten seconds and then two a minute, so that
/// a log shows that it goes on.
/// </summary>
internal sealed class PlainProgress(Terminal terminal, TimeProvider clock) : IProgressDisplay
{
    private static readonly TimeSpan FirstAfter = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan ThenEvery = TimeSpan.FromSeconds(30);

    private readonly ProgressTree _tree = new();

    private readonly Lock _gate = new();

    /// <inheritdoc/>
    public void Report(long sourceId, ProgressRecord record)
    {
        lock (_gate)
        {
            if (_tree.Report(sourceId, record) is not { } node)
            {
                return;
            }

            if (node.ToldAt == 0)
            {
                node.ToldAt = clock.GetTimestamp();
            }

            if (record.RecordType == ProgressRecordType.Completed)
            {
                if (node.WasTold)
                {
                    terminal.WriteError($"{record.Activity}: ended\n");
                }
            }
            else if (clock.GetElapsedTime(node.ToldAt) >= (node.WasTold ? ThenEvery : FirstAfter))
            {
                node.ToldAt = clock.GetTimestamp();
                node.WasTold = true;
                string percent = record.PercentComplete >= 0 ? $"{record.PercentComplete} %, " : string.Empty;
                terminal.WriteError($"{record.Activity}: {percent}{record.StatusDescription}\n");
            }
        }
    }

    /// <inheritdoc/>
    public void Clear()
    {
        lock (_gate)
        {
            _tree.Clear();
        }
    }

    /// <inheritdoc/>
    public void Suspend()
    {
    }

    /// <inheritdoc/>
    public void Resume()
    {
    }

    /// <inheritdoc/>
    public void Dispose() => Clear();
}
