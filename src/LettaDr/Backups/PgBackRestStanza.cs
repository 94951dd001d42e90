namespace LettaDr;

/// <summary>A stanza of pgBackRest: one cluster, with its backups and its archived log.</summary>
internal sealed record PgBackRestStanza
{
    public const int StatusOk = 0;
    public const int StatusMissingPath = 1;
    public const int StatusNoBackups = 2;
    public const int StatusMissingData = 3;

    public required string Name { get; init; }

    /// <summary>0 is well; see the constants, and pgBackRest's command reference for <c>info</c>.</summary>
    public required int Status { get; init; }

    /// <summary>pgBackRest's words for the status.</summary>
    public required string Message { get; init; }

    /// <summary>What is wrong with single repositories, in pgBackRest's words.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Backups, the oldest first.</summary>
    public IReadOnlyList<PgBackRestBackup> Backups { get; init; } = [];

    /// <summary>Where the log is, of each cluster and in each repository.</summary>
    public IReadOnlyList<PgBackRestArchive> Archives { get; init; } = [];

    /// <summary>The system identifier of its present cluster; null before the stanza was created.</summary>
    public string? SystemIdentifier { get; init; }

    /// <summary>Whether a backup is being made.</summary>
    public bool IsBackingUp { get; init; }

    /// <summary>Bytes that the backup being made is to copy; null when nobody can say.</summary>
    public long? TotalBytes { get; init; }

    /// <summary>Bytes that it has copied.</summary>
    public long? CopiedBytes { get; init; }

    /// <summary>Whether the stanza was ever created.</summary>
    public bool Exists => Status is not (StatusMissingPath or StatusMissingData);
}
