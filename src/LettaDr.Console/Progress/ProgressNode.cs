using System.Management.Automation;

namespace LettaDr.Console;

/// <summary>An activity under way.</summary>
/// <param name="sourceId">Which command or runspace reports it.</param>
/// <param name="record">Its last report.</param>
internal sealed class ProgressNode(long sourceId, ProgressRecord record)
{
    /// <summary>Which command or runspace reports it.</summary>
    public long SourceId => sourceId;

    /// <summary>Its last report.</summary>
    public ProgressRecord Record { get; set; } = record;

    /// <summary>When a line was last written about it, or else when it began; a timestamp of the display's clock.</summary>
    public long ToldAt { get; set; }

    /// <summary>Whether a line was written about it.</summary>
    public bool WasTold { get; set; }
}
