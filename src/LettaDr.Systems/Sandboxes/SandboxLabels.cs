using System.Globalization;

namespace LettaDr.Systems;

/// <summary>The labels by which a sandbox and its parts are known again, and without which nothing of it is touched.</summary>
internal static class SandboxLabels
{
    internal const string Sandbox = "lettadr.sandbox";
    internal const string Created = "lettadr.created";

    /// <summary>Labels of everything that belongs to the sandbox.</summary>
    internal static Dictionary<string, string> Of(string name, DateTimeOffset createdAt) => new()
    {
        [Sandbox] = name,
        [Created] = createdAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        [ContainerMapping.ProjectLabel] = name,
    };

    /// <summary>Labels of the container of one service; Compose's own among them, so that its tools see the project too.</summary>
    internal static Dictionary<string, string> Of(string name, DateTimeOffset createdAt, string service) =>
        new(Of(name, createdAt))
        {
            [ContainerMapping.ServiceLabel] = service,
            ["com.docker.compose.container-number"] = "1",
            ["com.docker.compose.oneoff"] = "False",
        };
}
