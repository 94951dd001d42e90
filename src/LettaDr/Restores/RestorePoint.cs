namespace LettaDr;

/// <summary>A moment of a cluster that bears a name in its log.</summary>
/// <remarks>PostgreSQL manual, section 9.28.3 (pg_create_restore_point).</remarks>
public sealed record RestorePoint
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The deployment.</summary>
    public required string Deployment { get; init; }

    /// <summary>The cluster.</summary>
    public string? SystemIdentifier { get; init; }

    /// <summary>Where its record ends in the log.</summary>
    public required Lsn Lsn { get; init; }

    /// <summary>When it was made, by the server's clock.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} at {Lsn}";
}
