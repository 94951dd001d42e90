using Docker.DotNet.Models;

namespace LettaDr.Systems.Tests;

/// <summary>Names of images, given and taken away.</summary>
internal static class DockerImages
{
    public static Task TagAsync(this DockerEngine engine, string image, string name, CancellationToken cancellationToken) => engine.GuardAsync(
        $"tag {image}",
        async client =>
        {
            var parts = name.Split(':');
            await client.Images.TagImageAsync(image, new ImageTagParameters { RepositoryName = parts[0], Tag = parts[1] }, cancellationToken);
            return true;
        },
        cancellationToken);

    public static Task UntagAsync(this DockerEngine engine, string name, CancellationToken cancellationToken) => engine.GuardAsync(
        $"untag {name}",
        async client => await client.Images.DeleteImageAsync(name, new ImageDeleteParameters(), cancellationToken), cancellationToken);
}
