using Docker.DotNet.Models;

namespace LettaDr.Systems;

/// <summary>Sees that an engine has the images of a sandbox before anything of it is made.</summary>
internal static class SandboxImages
{
    /// <exception cref="LettaDrException">An image is neither there nor to be pulled.</exception>
    internal static async Task EnsureAsync(
        DockerEngine engine, IEnumerable<string> images, IOperationObserver observer, CancellationToken cancellationToken)
    {
        foreach (var image in images.Distinct(StringComparer.Ordinal))
        {
            if (await engine.Containers.ImageExistsAsync(image, cancellationToken))
            {
                continue;
            }

            observer.Verbose($"Pulling the image {image}.");
            await PullAsync(engine, image, cancellationToken);
        }
    }

    private static async Task PullAsync(DockerEngine engine, string image, CancellationToken cancellationToken)
    {
        var failure = new PullFailure();
        var tagged = image.Contains('@', StringComparison.Ordinal) || image.LastIndexOf(':') > image.LastIndexOf('/');
        try
        {
            await engine.GuardAsync(
                $"pull {image}",
                async client =>
                {
                    await client.Images.CreateImageAsync(
                        new ImagesCreateParameters { FromImage = image, Tag = tagged ? null : "latest" }, authConfig: null, failure,
                        cancellationToken);
                    return true;
                },
                cancellationToken);
        }
        catch (LettaDrException fault) when (fault.Kind != FaultKind.Unreachable)
        {
            throw Missing(image, fault.Message, fault);
        }

        if (!await engine.Containers.ImageExistsAsync(image, cancellationToken))
        {
            throw Missing(image, failure.Said ?? "the registry gave none", cause: null);
        }
    }

    private static LettaDrException Missing(string image, string why, Exception? cause) => new(
        "SandboxImageMissing", FaultKind.NotFound,
        $"The Docker engine has no image {image}, and it could not be pulled: {why.TrimEnd('.')}.",
        $"Pull it ('docker pull {image}'), load it from your mirror ('docker load'), or build the default images "
        + "with './tests/images/build.sh' in LettaDr's source.",
        image, cause);

    /// <summary>Keeps what the engine says has gone wrong in the middle of a pull.</summary>
    private sealed class PullFailure : IProgress<JSONMessage>
    {
        public string? Said { get; private set; }

        public void Report(JSONMessage value) => Said = value.Error?.Message ?? value.ErrorMessage ?? Said;
    }
}
