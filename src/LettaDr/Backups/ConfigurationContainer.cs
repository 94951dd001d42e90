namespace LettaDr;

/// <summary>A container of a deployment as it was when its configuration was backed up.</summary>
/// <param name="Name">The container's name.</param>
/// <param name="Service">Its Compose service; null outside Compose.</param>
/// <param name="Image">The image as it was named; null when unknown.</param>
/// <param name="ImageDigest">The image's digest, <c>name@sha256:…</c> or <c>sha256:…</c>; null when the container did not exist.</param>
public sealed record ConfigurationContainer(string Name, string? Service, string? Image, string? ImageDigest);
