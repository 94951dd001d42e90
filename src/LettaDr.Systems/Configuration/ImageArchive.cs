using Docker.DotNet.Models;

namespace LettaDr.Systems;

/// <summary>Images of containers in a set, as <c>docker save</c> writes them, and back from it.</summary>
internal sealed class ImageArchive(DockerEngine engine)
{
    /// <summary>The file of a set that holds the images.</summary>
    public const string FileName = "images/images.tar.zst";

    /// <summary>Saves the images that the containers run.</summary>
    /// <returns>Their names.</returns>
    public async Task<IReadOnlyList<string>> SaveAsync(
        IEnumerable<ConfigurationContainer> containers, BackupDraft draft, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        foreach (var image in containers.Select(container => container.Image).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (await engine.Containers.ImageExistsAsync(image, cancellationToken).ConfigureAwait(false))
            {
                names.Add(image);
            }
            else
            {
                draft.Warn($"The image {image} is not in the set: this machine's Docker engine does not have it.");
            }
        }

        if (names.Count > 0)
        {
            await engine.GuardAsync(
                $"save the images {string.Join(", ", names)}",
                async client =>
                {
                    using var images = await client.Images.SaveImagesAsync([.. names], cancellationToken).ConfigureAwait(false);
                    using var file = draft.Set.OpenWrite(FileName);
                    var buffer = new byte[1 << 20];
                    int count;
                    while ((count = await images.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
                    {
                        await file.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
                        draft.Meter.Add(count);
                    }

                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }

        return names;
    }

    /// <summary>The images of a set that the engine lacks.</summary>
    public async Task<IReadOnlyList<string>> MissingAsync(IEnumerable<string> images, CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        foreach (var image in images)
        {
            if (!await engine.Containers.ImageExistsAsync(image, cancellationToken).ConfigureAwait(false))
            {
                missing.Add(image);
            }
        }

        return missing;
    }

    /// <summary>Loads images that <see cref="SaveAsync"/> wrote.</summary>
    public Task LoadAsync(Stream archive, CancellationToken cancellationToken) => engine.GuardAsync(
        "load the set's images",
        async client =>
        {
            await client.Images.LoadImageAsync(
                new ImageLoadParameters { Quiet = true }, archive, new Progress<JSONMessage>(), cancellationToken).ConfigureAwait(false);
            return true;
        },
        cancellationToken);
}
