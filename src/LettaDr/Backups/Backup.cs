namespace LettaDr;

/// <summary>A backup set in a repository, as <c>Get-LettaBackup</c> lists it.</summary>
public sealed record Backup
{
    /// <summary>Identifies the set within its repository.</summary>
    public required string Id { get; init; }

    /// <summary>The deployment it is of.</summary>
    public required string Deployment { get; init; }

    /// <summary>Whether it can be used.</summary>
    public required BackupState State { get; init; }

    /// <summary>Where its repository is.</summary>
    public required string Repository { get; init; }

    /// <summary>Where the set itself is.</summary>
    public required string Path { get; init; }

    /// <summary>The user's own name for it.</summary>
    public string? Label => Manifest?.Label;

    /// <summary>The moment whose state it holds; for a set without a manifest, when it was begun.</summary>
    public required DateTimeOffset SnapshotTime { get; init; }

    /// <summary>How long making it took; null for a set without a manifest.</summary>
    public TimeSpan? Duration => Manifest is null ? null : Manifest.CompletedAt - Manifest.StartedAt;

    /// <summary>Size in bytes of its files, and of what pgBackRest keeps of it.</summary>
    public long Size => (Manifest?.Size ?? 0) + (Manifest?.PgBackRest?.RepositoryBytes ?? 0);

    /// <summary>What it holds of the deployment.</summary>
    public BackupParts Parts => Manifest?.Parts ?? BackupParts.None;

    /// <summary>
    /// <c>system</c> where it holds both database and configuration; <c>base</c> or <c>incremental</c> for a copy of the whole cluster; else
    /// the names of its parts; empty where nobody can say.
    /// </summary>
    public string Kind => Parts switch
    {
        BackupParts.None => string.Empty,
        _ when Parts.HasFlag(BackupParts.Database | BackupParts.Configuration) => "system",
        BackupParts.Cluster => Manifest!.Cluster!.Type == BaseBackupType.Full ? "base" : "incremental",
        // Memory files go with the configuration, of which they are a part to Letta.
        _ => string.Join('+', (Parts.HasFlag(BackupParts.Configuration) ? Parts & ~(BackupParts.Memory | BackupParts.Images) : Parts).ToString().ToLowerInvariant().Split(", ")),
    };

    /// <summary>Identifies the set that this one builds on, and without which it cannot be restored; null when it stands alone.</summary>
    public string? ParentId => Manifest?.Cluster?.ParentId;

    /// <summary>Tables that hold rows; 0 for a set without the database.</summary>
    public int Tables => Manifest?.Database?.Tables ?? Manifest?.Cluster?.Tables ?? Manifest?.PgBackRest?.Tables ?? 0;

    /// <summary>Rows of all tables; 0 for a set without the database.</summary>
    public long Rows => Manifest?.Database?.Rows ?? Manifest?.Cluster?.Rows ?? Manifest?.PgBackRest?.Rows ?? 0;

    /// <summary>When a restore last proved it; null when none has.</summary>
    public DateTimeOffset? ProvenAt => LastProof?.Outcome == Outcome.Passed ? LastProof.TestedAt : null;

    /// <summary>The last attempt to prove it, passed or failed; null when there was none.</summary>
    public BackupProof? LastProof { get; init; }

    /// <summary>Its manifest; null when it has none that can be read.</summary>
    public BackupManifest? Manifest { get; init; }

    /// <summary>Why it is not complete, in a sentence; null when it is.</summary>
    public string? Problem { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Id;
}
