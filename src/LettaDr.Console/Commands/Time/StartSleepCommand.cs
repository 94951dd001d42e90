using System.Diagnostics;
using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Start-Sleep: waits; Ctrl+C ends it at once.</summary>
[Cmdlet(VerbsLifecycle.Start, "Sleep", DefaultParameterSetName = "Seconds")]
public sealed class StartSleepCommand : PSCmdlet, IDisposable
{
    private readonly ManualResetEventSlim _stopped = new();

    /// <summary>How many seconds.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = "Seconds",
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0.0, int.MaxValue / 1000.0)]
    public double Seconds { get; set; }

    /// <summary>How many milliseconds.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Milliseconds", ValueFromPipelineByPropertyName = true)]
    [Alias("ms")]
    [ValidateRange(0, int.MaxValue)]
    public int Milliseconds { get; set; }

    /// <summary>How long.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "FromTimeSpan", ValueFromPipelineByPropertyName = true)]
    [Alias("ts")]
    public TimeSpan Duration { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var duration = ParameterSetName switch
        {
            "Milliseconds" => TimeSpan.FromMilliseconds(Milliseconds),
            "FromTimeSpan" => Duration,
            _ => TimeSpan.FromSeconds(Seconds),
        };

        // The event counts time by coarse ticks and may wake early.
        var clock = Stopwatch.StartNew();
        for (var left = duration; left > TimeSpan.Zero; left = duration - clock.Elapsed)
        {
            if (_stopped.Wait((int)Math.Ceiling(left.TotalMilliseconds)))
            {
                return;
            }
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stopped.Set();

    /// <inheritdoc/>
    public void Dispose() => _stopped.Dispose();
}
