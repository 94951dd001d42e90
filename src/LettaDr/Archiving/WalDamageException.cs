namespace LettaDr;

/// <summary>Inside the reader: the log cannot be read on from here.</summary>
internal sealed class WalDamageException(WalEndReason reason, WalSegment? segment, string detail) : Exception(detail)
{
    /// <summary>Why.</summary>
    public WalEndReason Reason { get; } = reason;

    /// <summary>The segment concerned.</summary>
    public WalSegment? Segment { get; } = segment;
}
