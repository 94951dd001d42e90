namespace LettaDr;

/// <summary>Why a walk along the log ended.</summary>
internal enum WalEndReason
{
    /// <summary>Nothing more was received.</summary>
    EndOfArchive,

    /// <summary>More was received, but a segment before it is missing.</summary>
    MissingSegment,

    /// <summary>What was received is not what the server wrote.</summary>
    Damaged,
}
