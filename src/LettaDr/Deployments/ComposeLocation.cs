namespace LettaDr;

/// <summary>Where the Compose project of a deployment lies on this machine.</summary>
public sealed record ComposeLocation
{
    /// <summary>The project's folder, from which relative paths in its files count.</summary>
    public required string Folder { get; init; }

    /// <summary>Its files in the order merged; full paths.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Files of variables given instead of the folder's <c>.env</c> (<c>--env-file</c>); full paths.</summary>
    public IReadOnlyList<string> EnvironmentFiles { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => Folder;
}
