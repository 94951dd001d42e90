namespace LettaDr;

/// <summary>A running cluster that is copied physically.</summary>
internal interface IClusterSource : IAsyncDisposable
{
    /// <summary>Refuses what can be refused beforehand; from then on the server keeps its log.</summary>
    Task<ClusterState> BeginAsync(BaseBackupType type, CancellationToken cancellationToken);

    /// <summary>Copies the cluster's files as tar archives.</summary>
    /// <param name="parentManifest">PostgreSQL's manifest of the copy that this one builds on; null for a full one.</param>
    /// <param name="compressionLevel">zstd's level for what is compressed where the server is.</param>
    /// <param name="open">Opens the archive of a name (<c>base.tar</c>, or <c>&lt;oid&gt;.tar</c> for a tablespace), told whether it comes compressed.</param>
    /// <param name="onBytes">Called with the bytes read since the last call.</param>
    /// <param name="cancellationToken">Ends pg_basebackup too.</param>
    /// <returns>PostgreSQL's manifest of the copy.</returns>
    Task<byte[]> CopyAsync(
        Stream? parentManifest, int compressionLevel, Func<string, bool, Stream> open, Action<long> onBytes,
        CancellationToken cancellationToken);

    /// <summary>Takes a snapshot of the deployment's database, and finds the position in the log that equals it.</summary>
    /// <param name="timeline">The copy's timeline.</param>
    /// <param name="start">Where the log begins that the copy needs.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<ClusterSnapshot> SnapshotAsync(uint timeline, Lsn start, CancellationToken cancellationToken);

    /// <summary>Copies the log, each segment in a file of its own; of the last one, the rest is empty.</summary>
    /// <param name="timeline">The copy's timeline.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="open">Opens the file of a segment's name.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task CopyLogAsync(uint timeline, Lsn start, Lsn end, Func<string, Stream> open, CancellationToken cancellationToken);
}
