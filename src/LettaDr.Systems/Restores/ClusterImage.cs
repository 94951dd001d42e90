namespace LettaDr.Systems;

/// <summary>The image that a physical copy is recovered with: only the same PostgreSQL on the same C library reads it as it was.</summary>
internal static class ClusterImage
{
    /// <exception cref="LettaDrException">None is recorded, or it is not on this machine.</exception>
    public static async Task<string> FindAsync(DockerEngine engine, Backup backup, string? other, CancellationToken cancellationToken)
    {
        var (image, digest, version) = Recorded(backup);
        if (other is null && image is null && digest is null)
        {
            throw new LettaDrException(
                "ImageNotRecorded", FaultKind.NotFound, $"The set {backup.Id} does not record an image, because its database was not in this machine's Docker.",
                $"Name one of PostgreSQL {version} by -Image.", backup.Id);
        }

        const string Remedy = "name another of the same PostgreSQL version by -Image";
        return await (other is null
            ? RecordedImage.FindAsync(engine, image, digest, Remedy, cancellationToken)
            : RecordedImage.FindAsync(engine, other, null, Remedy, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>What a set records of the container that its server ran in.</summary>
    public static (string? Image, string? Digest, string Version) Recorded(Backup backup) => backup.Manifest! switch
    {
        { Cluster: { } part } => (part.Image, part.ImageDigest, part.ServerVersion),
        { PgBackRest: var part } => (part!.Image, part.ImageDigest, part.ServerVersion),
    };
}
