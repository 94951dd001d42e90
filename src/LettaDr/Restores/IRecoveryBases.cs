namespace LettaDr;

/// <summary>The physical copies of a cluster, and its log, wherever they are kept.</summary>
internal interface IRecoveryBases
{
    /// <summary>How log may be had that is not there yet, in a sentence; null where it comes by itself.</summary>
    string? LaterLog { get; }

    /// <summary>The copies that lie on the way to a timeline, in no particular order; one at least.</summary>
    /// <param name="timeline">The timeline to follow; null for the newest.</param>
    /// <param name="cancellationToken">Stops the reading of the log.</param>
    /// <exception cref="LettaDrException">There is none, or which timeline is wanted cannot be seen.</exception>
    IReadOnlyList<RecoveryBase> Find(uint? timeline, CancellationToken cancellationToken);
}
