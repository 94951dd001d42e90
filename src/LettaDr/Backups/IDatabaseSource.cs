namespace LettaDr;

/// <summary>A database that is read: to back it up, or to compare it with what a set says.</summary>
internal interface IDatabaseSource : IAsyncDisposable
{
    /// <summary>Whether a table can be read in ranges of blocks without reading all of it for each (PostgreSQL 14 and later).</summary>
    bool SupportsRangeScans { get; }

    /// <summary>Locks every table against being rewritten, takes the snapshot that all else is read in, and describes the database.</summary>
    Task<DatabaseInventory> BeginSnapshotAsync(CancellationToken cancellationToken);

    /// <summary>Writes pg_dump's archive of the snapshot.</summary>
    /// <param name="rowsElsewhere">Tables whose rows the archive is not to hold.</param>
    /// <param name="portable">Whether any pg_restore must be able to read it.</param>
    /// <param name="compressionLevel">Level of compression.</param>
    /// <param name="destination">Where the archive goes.</param>
    /// <param name="cancellationToken">Ends pg_dump too.</param>
    Task DumpAsync(
        IReadOnlyList<TableInventory> rowsElsewhere, bool portable, int compressionLevel, Stream destination,
        CancellationToken cancellationToken);

    /// <summary>Reads a part of a table's rows in the snapshot; several may be read at once.</summary>
    /// <param name="part">What to read.</param>
    /// <param name="destination">Where the rows go as one complete binary COPY stream; null only computes the fingerprint.</param>
    /// <param name="onBytes">Called with the bytes read since the last call.</param>
    /// <param name="cancellationToken">Cancels the reading on the server too.</param>
    Task<Fingerprint> ReadRowsAsync(TablePart part, Stream? destination, Action<long> onBytes, CancellationToken cancellationToken);

    /// <summary>Counts a table's rows in the snapshot, by a way of its own: a check on how the table was cut into parts.</summary>
    Task<long> CountRowsAsync(TableInventory table, CancellationToken cancellationToken);

    /// <summary>The fingerprint of all large objects in the snapshot.</summary>
    Task<Fingerprint> ReadLargeObjectsAsync(CancellationToken cancellationToken);
}
