using System.Text;
using Docker.DotNet.Models;

namespace LettaDr.Systems;

/// <summary>What a container has written.</summary>
internal static class ContainerLog
{
    /// <summary>The last line that is not empty, of output and errors together; <c>(nothing)</c> when there is none.</summary>
    public static Task<string> LastLineAsync(DockerEngine engine, string container, CancellationToken cancellationToken) => engine.GuardAsync(
        $"read the log of container {container}",
        async client =>
        {
            using var log = await client.Containers.GetContainerLogsAsync(
                container, tty: false, new ContainerLogsParameters { ShowStdout = true, ShowStderr = true, Tail = "5" }, cancellationToken);
            using var text = new MemoryStream();
            await log.CopyOutputToAsync(Stream.Null, text, text, cancellationToken);
            var lines = Encoding.UTF8.GetString(text.ToArray())
                .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return lines.Length == 0 ? "(nothing)" : lines[^1];
        },
        cancellationToken);
}
