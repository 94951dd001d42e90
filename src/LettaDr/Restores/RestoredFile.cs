namespace LettaDr;

/// <summary>What a restore of configuration did, or would do, with one file or memory repository.</summary>
public sealed record RestoredFile
{
    /// <summary>Its path in the set's terms, relative to the destination.</summary>
    public required string Path { get; init; }

    /// <summary>Its full path on this machine.</summary>
    public required string Target { get; init; }

    /// <summary>What it is, e.g. <c>Compose file</c>.</summary>
    public required string Purpose { get; init; }

    /// <summary>What happens to it.</summary>
    public required RestoredFileAction Action { get; init; }

    /// <summary>Where the one that was there has gone; null when none was replaced.</summary>
    public string? SetAside { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Action} {Path}";
}
