namespace LettaDr;

/// <summary>Everything that a restore of the database is compared with: the proof that a set carries (<c>inventory.json</c>).</summary>
public sealed record DatabaseInventory
{
    /// <summary>The database and its server as a whole.</summary>
    public required DatabaseProperties Database { get; init; }

    /// <summary>When the snapshot was taken, by the server's clock: what is restored is the state at this moment.</summary>
    public required DateTimeOffset SnapshotTime { get; init; }

    /// <summary>The log sequence number just after the snapshot was taken, e.g. <c>0/1A2B3C4D</c>.</summary>
    public required string Lsn { get; init; }

    /// <summary>Tables that hold rows.</summary>
    public required IReadOnlyList<TableInventory> Tables { get; init; }

    /// <summary>Sequences and where they stood.</summary>
    public IReadOnlyList<SequenceState> Sequences { get; init; } = [];

    /// <summary>Schemas, types, columns, indexes, constraints, triggers, views, functions, policies, …</summary>
    public IReadOnlyList<SchemaObject> Objects { get; init; } = [];

    /// <summary>Settings kept with the database.</summary>
    public IReadOnlyList<DatabaseSetting> Settings { get; init; } = [];

    /// <summary>Roles that the database needs.</summary>
    public IReadOnlyList<DatabaseRole> Roles { get; init; } = [];

    /// <summary>Extensions installed.</summary>
    public IReadOnlyList<DatabaseExtension> Extensions { get; init; } = [];

    /// <summary>The large objects together, as one fingerprint over their identifiers and contents.</summary>
    public Fingerprint LargeObjects { get; init; }

    /// <summary>What the set knowingly does not hold, a sentence each (rows of foreign tables, subscriptions' state).</summary>
    public IReadOnlyList<string> Omissions { get; init; } = [];
}
