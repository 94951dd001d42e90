namespace LettaDr;

/// <summary>The git repository of one agent's memory.</summary>
public sealed record MemoryRepository
{
    /// <summary>The organization's id.</summary>
    public required string Organization { get; init; }

    /// <summary>The agent's id.</summary>
    public required string Agent { get; init; }

    /// <summary>Where a restore puts it, relative to its destination; see <see cref="ConfigurationFile.Path"/>.</summary>
    public required string Path { get; init; }

    /// <summary>Its full path as it was, on the machine or in the container.</summary>
    public required string OriginalPath { get; init; }

    /// <summary>The service, or container, in which it lay; null when it lay on the machine.</summary>
    public string? Container { get; init; }

    /// <summary>What its HEAD names, e.g. <c>refs/heads/main</c>.</summary>
    public string? Head { get; init; }

    /// <summary>Whether it calls itself bare (<c>core.bare</c>): Letta takes one that does not for the <c>.git</c> of a working copy.</summary>
    public bool Bare { get; init; }

    /// <summary>Its branches and tags: name to object.</summary>
    public IReadOnlyDictionary<string, string> References { get; init; } = new SortedDictionary<string, string>();

    /// <summary>The file of the set that holds it: a git bundle (<c>.bundle</c>), or a tar archive of its files (<c>.tar.zst</c>).</summary>
    public required string StoredAs { get; init; }

    /// <summary>What git fsck found wrong with it, or why it is kept as files; null when it is sound.</summary>
    public string? Problem { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Organization}/{Agent}";
}
