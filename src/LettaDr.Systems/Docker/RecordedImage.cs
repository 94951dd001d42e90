namespace LettaDr.Systems;

/// <summary>Finds the image that a set records among those of this machine.</summary>
internal static class RecordedImage
{
    /// <summary>By its digest, which is what was backed up from; else by its name, which may have moved on to another version since.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="image">The image's name; null where the set records none.</param>
    /// <param name="digest">Its digest or identifier; null to go by the name alone.</param>
    /// <param name="remedy">What to do without it, besides pulling it; null for nothing.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="LettaDrException">It is not there.</exception>
    public static async Task<string> FindAsync(
        DockerEngine engine, string? image, string? digest, string? remedy, CancellationToken cancellationToken)
    {
        foreach (var candidate in new[] { digest, image }.OfType<string>())
        {
            if (await engine.Containers.ImageExistsAsync(candidate, cancellationToken).ConfigureAwait(false))
            {
                return candidate;
            }
        }

        var name = image ?? digest ?? "that the set was made with";
        throw new LettaDrException(
            "ImageNotFound", FaultKind.NotFound, $"The image {name} is not on this machine.",
            $"Pull it (docker pull {name}){(remedy is null ? string.Empty : ", or " + remedy)}.", name);
    }
}
