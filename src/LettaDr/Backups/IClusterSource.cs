namespace LettaDr;

/// <summary>A running cluster that is copied physically.</summary>
internal interface IClusterSource : IAsyncDisposable
{
    /// <summary>Refuses what can be refused beforehand; from then on the server keeps its log.</summary>
    Task<ClusterState> BeginAsync(BaseBackupType type, CancellationToken cancellationToken);

    /// <summary>Copies the cluster's files as tar archives.</summary>
    /// <param name="openParent">Opens PostgreSQL's manifest of the copy that this one builds on; null for a full one.</param>
    /// <param name="compressionLevel">zstd's level.</param>
    /// <param name="jobs">How many threads compress, where it is left to pg_basebackup.</param>
    /// <param name="set">Takes <c>cluster/base.tar.zst</c>, and <c>cluster/&lt;oid&gt;.tar.zst</c> for each tablespace.</param>
    /// <param name="onBytes">Called with the bytes copied since the last call.</param>
    /// <param name="cancellationToken">Ends pg_basebackup too.</param>
    /// <returns>PostgreSQL's manifest of the copy.</returns>
    Task<byte[]> CopyAsync(
        Func<Stream>? openParent, int compressionLevel, int jobs, IBackupSetWriter set, Action<long> onBytes,
        CancellationToken cancellationToken);

    /// <summary>Takes a snapshot of the deployment's database, and finds the position in the log that equals it.</summary>
    /// <param name="timeline">The copy's timeline.</param>
    /// <param name="start">Where the log begins that the copy needs.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<ClusterSnapshot> SnapshotAsync(uint timeline, Lsn start, CancellationToken cancellationToken);

    /// <summary>Copies the log, each segment in a file of its own; of the last one, the rest is empty. The timeline's history goes with it.</summary>
    /// <param name="timeline">The copy's timeline.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="open">Opens the file of a segment's or history's name.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task CopyLogAsync(uint timeline, Lsn start, Lsn end, Func<string, Stream> open, CancellationToken cancellationToken);
}
