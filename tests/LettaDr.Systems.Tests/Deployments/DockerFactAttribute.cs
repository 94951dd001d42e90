namespace LettaDr.Systems.Tests;

/// <summary>A test that needs a Docker engine and the given images; without them it is skipped by name, never passed.</summary>
public sealed class DockerFactAttribute : FactAttribute
{
    private static readonly Lazy<Task<DockerEngine?>> Engine = new(() => DockerEngine.TryConnectAsync(CancellationToken.None));

    public DockerFactAttribute(params string[] images)
    {
        Skip = Task.Run(() => WhyNotAsync(images)).GetAwaiter().GetResult()!;
    }

    private static async Task<string?> WhyNotAsync(string[] images)
    {
        if (await Engine.Value is not { } engine)
        {
            return "NotRun: no Docker engine answers.";
        }

        foreach (var image in images)
        {
            if (!await engine.Containers.ImageExistsAsync(image, CancellationToken.None))
            {
                return $"NotRun: the engine has no image {image}.";
            }
        }

        return null;
    }
}
