namespace LettaDr;

/// <summary>What a set's manifest says of the deployment's configuration.</summary>
public sealed record ConfigurationPart
{
    /// <summary>The moment whose state it holds, by this machine's clock.</summary>
    public required DateTimeOffset SnapshotTime { get; init; }
}
