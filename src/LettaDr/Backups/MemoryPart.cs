namespace LettaDr;

/// <summary>What a set's manifest says of the agents' memory repositories.</summary>
public sealed record MemoryPart
{
    /// <summary>The moment whose state it holds, by this machine's clock.</summary>
    public required DateTimeOffset SnapshotTime { get; init; }

    /// <summary>The repositories, by organization and agent.</summary>
    public IReadOnlyList<MemoryRepository> Repositories { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => $"{Repositories.Count} repositories";
}
