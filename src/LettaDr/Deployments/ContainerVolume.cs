namespace LettaDr;

/// <summary>One mount of a container.</summary>
/// <param name="Kind"><c>bind</c>, <c>volume</c> or <c>tmpfs</c>, as Docker says it.</param>
/// <param name="Source">The host's path of a bind mount, or the name of a volume.</param>
/// <param name="Destination">The path inside the container.</param>
/// <param name="ReadOnly">Whether the container may not write to it.</param>
public sealed record ContainerVolume(string Kind, string Source, string Destination, bool ReadOnly);
