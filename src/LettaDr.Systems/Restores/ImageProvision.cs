using Docker.DotNet.Models;

namespace LettaDr.Systems;

/// <summary>Sees that the images which a deployment ran are on this machine, before anything else is touched.</summary>
internal sealed class ImageProvision(DockerEngine engine, IBackupRepository repository, Backup backup)
{
    /// <summary>Images that the set names and the engine lacks.</summary>
    public Task<IReadOnlyList<string>> MissingAsync(CancellationToken cancellationToken) => new ImageArchive(engine).MissingAsync(
        backup.Manifest!.Configuration?.Containers.Select(container => container.Image).OfType<string>().Distinct(StringComparer.Ordinal) ?? [],
        cancellationToken);

    /// <summary>Loads what the set holds, and pulls the rest.</summary>
    /// <returns>What was done, in a sentence.</returns>
    /// <exception cref="LettaDrException">An image is neither in the set nor to be pulled.</exception>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var missing = await MissingAsync(cancellationToken).ConfigureAwait(false);
        if (missing.Count == 0)
        {
            return "all images are there";
        }

        if (missing.Intersect(backup.Manifest!.Configuration!.Images, StringComparer.Ordinal).Any())
        {
            var file = backup.Manifest.Files.First(file => file.Name == ImageArchive.FileName);
            using var archive = repository.OpenContent(backup, file);
            await new ImageArchive(engine).LoadAsync(archive, cancellationToken).ConfigureAwait(false);
        }

        foreach (var image in await MissingAsync(cancellationToken).ConfigureAwait(false))
        {
            await PullAsync(image, cancellationToken).ConfigureAwait(false);
        }

        return string.Join(", ", missing);
    }

    private async Task PullAsync(string image, CancellationToken cancellationToken)
    {
        try
        {
            await engine.GuardAsync(
                $"pull image {image}",
                async client =>
                {
                    // Without a tag the engine would fetch every one that there is.
                    await client.Images.CreateImageAsync(
                        new ImagesCreateParameters { FromImage = ImageName.WithTag(image) }, null, new Progress<JSONMessage>(), cancellationToken).ConfigureAwait(false);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (LettaDrException failure)
        {
            throw NotAvailable(image, failure);
        }

        if (!await engine.Containers.ImageExistsAsync(image, cancellationToken).ConfigureAwait(false))
        {
            throw NotAvailable(image, null);
        }
    }

    private static LettaDrException NotAvailable(string image, LettaDrException? failure) => new(
        "ImageNotAvailable", FaultKind.NotFound, $"The image {image} is not on this machine, not in the set, and cannot be pulled{(failure is null ? string.Empty : $": {failure.Message}")}",
        "Load it from your mirror ('docker load', 'docker pull'); a set made with -IncludeImages would have saved it.", image, failure);
}
