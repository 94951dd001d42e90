using System.Globalization;
using System.Text;
using Docker.DotNet.Models;

namespace LettaDr.Systems;

/// <summary>What a container has written.</summary>
internal static class ContainerLog
{
    /// <summary>The last line that is not empty, of output and errors together; <c>(nothing)</c> when there is none.</summary>
    public static async Task<string> LastLineAsync(DockerEngine engine, string container, CancellationToken cancellationToken)
    {
        var lines = await LastLinesAsync(engine, container, 5, cancellationToken).ConfigureAwait(false);
        return lines.Count == 0 ? "(nothing)" : lines[^1];
    }

    /// <summary>Its last lines of output and errors together, empty ones left out.</summary>
    public static Task<IReadOnlyList<string>> LastLinesAsync(
        DockerEngine engine, string container, int count, CancellationToken cancellationToken) => engine.GuardAsync<IReadOnlyList<string>>(
        $"read the log of container {container}",
        async client =>
        {
            var tail = count.ToString(CultureInfo.InvariantCulture);
            using var log = await client.Containers.GetContainerLogsAsync(
                container, tty: false, new ContainerLogsParameters { ShowStdout = true, ShowStderr = true, Tail = tail }, cancellationToken).ConfigureAwait(false);
            using var text = new MemoryStream();
            await log.CopyOutputToAsync(Stream.Null, text, text, cancellationToken).ConfigureAwait(false);
            return Encoding.UTF8.GetString(text.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        },
        cancellationToken);
}
