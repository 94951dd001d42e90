namespace LettaDr;

/// <summary>A backup as <c>pgbackrest info</c> lists it.</summary>
internal sealed record PgBackRestBackup
{
    /// <summary>pgBackRest's name for it, e.g. <c>20260301-031500F_20260302-031500I</c>.</summary>
    public required string Label { get; init; }

    public required PgBackRestBackupType Type { get; init; }

    /// <summary>The one that it builds on; null for a full one.</summary>
    public string? Prior { get; init; }

    /// <summary>Every one that a restore of it needs as well.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Which of the stanza's repositories holds it.</summary>
    public required int Repository { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset StoppedAt { get; init; }

    /// <summary>Where the log begins that it needs; null where an old pgBackRest does not tell.</summary>
    public Lsn? StartLsn { get; init; }

    /// <summary>The earliest position that it can be recovered to; null where an old pgBackRest does not tell.</summary>
    public Lsn? StopLsn { get; init; }

    /// <summary>The segment of the log in which it ended; null when it needs none.</summary>
    public string? StopSegment { get; init; }

    public required string SystemIdentifier { get; init; }

    /// <summary>The server's major version, e.g. <c>17</c>.</summary>
    public required string ServerVersion { get; init; }

    /// <summary>Bytes of the cluster.</summary>
    public long Bytes { get; init; }

    /// <summary>Bytes that it added to the repository.</summary>
    public long RepositoryBytes { get; init; }

    /// <summary>Where its tablespaces lay in the cluster; told only of a backup that was asked for by its label.</summary>
    public IReadOnlyList<string> Tablespaces { get; init; } = [];

    /// <summary>Whether pgBackRest found pages with wrong checksums in the cluster while it copied.</summary>
    public bool HasPageErrors { get; init; }
}
