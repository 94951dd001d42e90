namespace LettaDr;

/// <summary>How far the log can be replayed, and why no further.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Position">Where the last whole record ends.</param>
/// <param name="Segment">The segment that is missing, damaged, or where the log ends; null where there is none.</param>
/// <param name="Detail">What was seen, in a sentence.</param>
internal sealed record WalEnd(WalEndReason Reason, Lsn Position, WalSegment? Segment, string Detail)
{
    /// <summary>Where the last commit ends that was read; null when there was none.</summary>
    public Lsn? LastCommit { get; init; }

    /// <summary>When that was, by the server's clock.</summary>
    public DateTimeOffset? LastCommitTime { get; init; }
}
