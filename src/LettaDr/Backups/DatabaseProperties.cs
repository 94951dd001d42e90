namespace LettaDr;

/// <summary>What is true of the database and its server as a whole, at the snapshot.</summary>
public sealed record DatabaseProperties
{
    /// <summary>Name of the database.</summary>
    public required string Name { get; init; }

    /// <summary>The role that owns it.</summary>
    public required string Owner { get; init; }

    /// <summary>The server's version, e.g. <c>17.5</c>.</summary>
    public required string ServerVersion { get; init; }

    /// <summary>The server's version as a number, e.g. 170005.</summary>
    public required int ServerVersionNumber { get; init; }

    /// <summary>The cluster's system identifier (<c>pg_control_system()</c>); null when the role may not read it.</summary>
    public string? SystemIdentifier { get; init; }

    /// <summary>Character encoding, e.g. <c>UTF8</c>.</summary>
    public required string Encoding { get; init; }

    /// <summary>Locale provider: <c>c</c> libc, <c>i</c> ICU, <c>b</c> builtin.</summary>
    public required string LocaleProvider { get; init; }

    /// <summary>LC_COLLATE.</summary>
    public required string Collate { get; init; }

    /// <summary>LC_CTYPE.</summary>
    public required string CharacterType { get; init; }

    /// <summary>ICU or builtin locale; null for libc.</summary>
    public string? ProviderLocale { get; init; }

    /// <summary>The collation's version as the operating system gives it; null for C.</summary>
    public string? CollationVersion { get; init; }

    /// <summary>The database's access privileges; null for PostgreSQL's default.</summary>
    public IReadOnlyList<DatabasePrivilege>? Privileges { get; init; }

    /// <summary>The database's comment.</summary>
    public string? Comment { get; init; }

    /// <summary>Connection limit; -1 for none.</summary>
    public int ConnectionLimit { get; init; } = -1;

    /// <summary>The schema that unqualified names resolve to under the database's own settings; null when there is none.</summary>
    public string? CurrentSchema { get; init; }

    /// <summary>Revision in <c>alembic_version</c>, found by its unqualified name; null when it is not Letta's or not found.</summary>
    public string? AlembicRevision { get; init; }

    /// <summary>Size in bytes by <c>pg_database_size</c>, with indexes.</summary>
    public long Bytes { get; init; }
}
