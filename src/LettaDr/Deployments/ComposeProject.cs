namespace LettaDr;

/// <summary>What LettaDr takes from a Compose project.</summary>
/// <param name="Name">The project's name.</param>
/// <param name="Files">Its files, in the order merged; full paths.</param>
/// <param name="Members">Its services.</param>
internal sealed record ComposeProject(SourcedText Name, IReadOnlyList<string> Files, IReadOnlyList<DeploymentMember> Members)
{
    /// <summary>Its services with what they need, as they stand in the files.</summary>
    public IReadOnlyList<ComposeService> Services { get; init; } = [];

    /// <summary>The folder from which its paths count.</summary>
    public string Folder => Path.GetDirectoryName(Files[0])!;
}
