namespace LettaDr;

/// <summary>A service of a Compose project, as far as starting and stopping it goes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DependsOn">What it needs first.</param>
/// <param name="Image">Its image; null when it is only built.</param>
/// <param name="IsBuilt">Whether Compose can build its image.</param>
internal sealed record ComposeService(string Name, IReadOnlyList<ComposeDependency> DependsOn, string? Image, bool IsBuilt);
