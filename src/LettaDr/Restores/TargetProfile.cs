namespace LettaDr;

/// <summary>What a restore must know of the server before it touches anything.</summary>
internal sealed record TargetProfile
{
    public required string Server { get; init; }

    public required string ServerVersion { get; init; }

    public required int ServerVersionNumber { get; init; }

    public string? SystemIdentifier { get; init; }

    public bool IsInRecovery { get; init; }

    public required string Role { get; init; }

    public bool IsSuperuser { get; init; }

    public bool CanCreateDatabases { get; init; }

    /// <summary>The database that would be replaced; null when there is none of that name.</summary>
    public TargetDatabase? Existing { get; init; }

    /// <summary>Extensions that could be installed: their default version, and whether only a superuser may.</summary>
    public IReadOnlyDictionary<string, AvailableExtension> Extensions { get; init; } = new Dictionary<string, AvailableExtension>();

    /// <summary>Roles that exist.</summary>
    public IReadOnlySet<string> Roles { get; init; } = new HashSet<string>();

    /// <summary>Roles that the connected one may act as, and so give databases and tables to.</summary>
    public IReadOnlySet<string> AssumableRoles { get; init; } = new HashSet<string>();

    /// <summary>Bytes free on the server's data disk; null when nobody can say.</summary>
    public long? FreeBytes { get; init; }

    /// <summary>Memory of the server's container or machine in bytes; null when nobody can say.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Size of the server's /dev/shm in bytes; null when nobody can say.</summary>
    public long? SharedMemoryBytes { get; init; }
}
