namespace LettaDr;

/// <summary>A deployment's PostgreSQL server whose whole cluster is recovered to another moment; its methods are called in this order.</summary>
internal interface IClusterTarget : IAsyncDisposable
{
    /// <summary>Where the server is, for people.</summary>
    string Server { get; }

    /// <summary>Looks, and changes nothing.</summary>
    /// <exception cref="LettaDrException">It cannot be recovered: no container, no volume, mounts inside the data directory.</exception>
    Task<ClusterProfile> InspectAsync(CancellationToken cancellationToken);

    /// <summary>Keeps other restores away, and puts right what one that died has left.</summary>
    /// <param name="operationId">The operation.</param>
    /// <param name="backup">The copy that is recovered, with whose image; null where none is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What was put right; null when nothing was left.</returns>
    Task<string?> BeginAsync(string operationId, Backup? backup, CancellationToken cancellationToken);

    /// <summary>Lays the files of the copy out, beside those of the server.</summary>
    Task LayAsync(RecoveryPlan plan, ClusterMark mark, CancellationToken cancellationToken);

    /// <summary>Recovers to the position of the copy's fingerprints, and compares every row.</summary>
    /// <returns>All differences; none is the proof.</returns>
    Task<IReadOnlyList<InventoryDifference>> CompareSnapshotAsync(RecoveryPlan plan, int jobs, CancellationToken cancellationToken);

    /// <summary>Recovers to the moment, and pauses there.</summary>
    Task<RecoveredPoint> RecoverAsync(RecoveryPlan plan, CancellationToken cancellationToken);

    /// <summary>Reads every table of what was recovered to its end.</summary>
    /// <returns>What was read, in a sentence.</returns>
    /// <exception cref="LettaDrException">One cannot be read.</exception>
    Task<string> ReadEverythingAsync(RecoveryPlan plan, CancellationToken cancellationToken);

    /// <summary>Compares what was recovered with the live database, where that answers.</summary>
    Task<LossWindow> MeasureLossAsync(RecoveryPlan plan, RecoveredPoint point, CancellationToken cancellationToken);

    /// <summary>Ends recovery on a timeline of its own, and shuts the recovered server down in order.</summary>
    /// <returns>The timeline.</returns>
    Task<uint> PromoteAsync(CancellationToken cancellationToken);

    /// <summary>Stops the server.</summary>
    Task StopAsync(CancellationToken cancellationToken);

    /// <summary>Sets the server's files aside, and puts the recovered ones in their place.</summary>
    Task SwapAsync(CancellationToken cancellationToken);

    /// <summary>Starts the server, and waits until it answers as the recovered cluster.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Ends the restore: from now on nothing is put back.</summary>
    /// <returns>Where the previous files are; null when there were none, or they were removed.</returns>
    Task<string?> KeepAsync(bool discardPrevious, CancellationToken cancellationToken);

    /// <summary>Sees that the server archives its log to where the copy came from. That it does not is told, and costs nothing that was recovered.</summary>
    /// <returns>What was seen, in a sentence.</returns>
    Task<string> SeeArchivedAsync(CancellationToken cancellationToken);

    /// <summary>Puts the previous files back, and starts the server again if it ran; removes what was laid out.</summary>
    Task PutBackAsync(CancellationToken cancellationToken);
}
