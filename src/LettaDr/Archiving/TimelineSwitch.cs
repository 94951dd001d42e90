using System.Globalization;

namespace LettaDr;

/// <summary>Where a timeline was left for the next one.</summary>
/// <param name="Timeline">The timeline that was left.</param>
/// <param name="At">Where: from here on the log belongs to the next one.</param>
/// <param name="Reason">PostgreSQL's own words, e.g. <c>no recovery target specified</c>.</param>
public sealed record TimelineSwitch(uint Timeline, Lsn At, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"timeline {Timeline} at {At}");
}
