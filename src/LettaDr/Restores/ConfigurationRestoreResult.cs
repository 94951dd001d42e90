namespace LettaDr;

/// <summary>What a restore of configuration came to.</summary>
public sealed record ConfigurationRestoreResult
{
    /// <summary>Identifies the operation; names of files set aside end in it.</summary>
    public required string OperationId { get; init; }

    /// <summary>The set.</summary>
    public required string BackupId { get; init; }

    /// <summary>The deployment that the set is of.</summary>
    public required string Deployment { get; init; }

    /// <summary>The folder that was restored to.</summary>
    public required string Destination { get; init; }

    /// <summary>Every file, and what was done with it.</summary>
    public IReadOnlyList<RestoredFile> Files { get; init; } = [];

    /// <summary>Every memory repository, and what was done with it.</summary>
    public IReadOnlyList<RestoredFile> MemoryRepositories { get; init; } = [];

    /// <summary>Images that were loaded into the Docker engine.</summary>
    public IReadOnlyList<string> LoadedImages { get; init; } = [];

    /// <summary>Whether the restored LETTA_ENCRYPTION_KEY is the right one, by its fingerprint and by what it decrypts.</summary>
    public required CheckResult EncryptionKey { get; init; }

    /// <summary>Files written.</summary>
    public int Written => Files.Count(file => file.Action is RestoredFileAction.Create or RestoredFileAction.Replace);

    /// <summary>Files that were there, the same.</summary>
    public int Unchanged => Files.Count(file => file.Action == RestoredFileAction.Unchanged);

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Written} files written to {Destination}";
}
