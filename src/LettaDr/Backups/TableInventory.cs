namespace LettaDr;

/// <summary>A table that holds rows: what it is, how its rows travel, and the fingerprint that proves them.</summary>
public sealed record TableInventory
{
    /// <summary>Schema name, unquoted.</summary>
    public required string Schema { get; init; }

    /// <summary>Table name, unquoted.</summary>
    public required string Name { get; init; }

    /// <summary>Its columns in order.</summary>
    public required IReadOnlyList<TableColumn> Columns { get; init; }

    /// <summary>Size on disk in bytes with TOAST, without indexes, when the snapshot was taken.</summary>
    public long Bytes { get; init; }

    /// <summary>Blocks of the main fork when the snapshot was taken; what ctid ranges are cut from.</summary>
    public long Blocks { get; init; }

    /// <summary>
    /// Whether it is an ordinary permanent heap table: no partition, no inheritance, no row security, not unlogged.
    /// Only such a table's rows may leave pg_dump's archive.
    /// </summary>
    public bool Plain { get; init; }

    /// <summary>Whether it can be read in ranges of blocks (heap access method).</summary>
    public bool Heap { get; init; } = true;

    /// <summary>How its rows travel in this set.</summary>
    public TableRoute Route { get; init; }

    /// <summary>The proof of its rows; null until they have been read.</summary>
    public Fingerprint? Fingerprint { get; init; }

    /// <summary>The files of the set that hold its rows when they travel as binary COPY.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary><c>schema.table</c>, for people; not quoted.</summary>
    public override string ToString() => $"{Schema}.{Name}";
}
