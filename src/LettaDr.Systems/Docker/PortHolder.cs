using System.Globalization;

namespace LettaDr.Systems;

/// <summary>Finds out who listens on a port of this machine.</summary>
internal static class PortHolder
{
    private const string Listening = "0A";

    /// <summary>The container that publishes it, else the process that listens; null when nobody can say.</summary>
    public static async Task<string?> FindAsync(DockerEngine engine, int port, CancellationToken cancellationToken)
    {
        var running = await engine.ListAsync(all: false, labels: null, cancellationToken).ConfigureAwait(false);
        if (running.FirstOrDefault(details => details.Container.PublishedPorts.Values.Contains(port)) is { } holder)
        {
            return $"the container {holder.Container.Name}";
        }

        try
        {
            return engine.IsLocal && OperatingSystem.IsLinux() ? Process(port) : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>By the socket that listens, and who has it open (proc(5)); processes of others are seen by root alone.</summary>
    private static string? Process(int port)
    {
        var sockets = new[] { "/proc/net/tcp", "/proc/net/tcp6" }.Where(File.Exists).SelectMany(File.ReadLines).Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length > 9 && fields[3] == Listening
                && int.TryParse(fields[1].Split(':')[^1], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var local) && local == port)
            .Select(fields => $"socket:[{fields[9]}]").ToHashSet(StringComparer.Ordinal);
        foreach (var folder in sockets.Count == 0 ? [] : Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
        {
            try
            {
                if (Directory.EnumerateFiles(Path.Combine(folder, "fd")).Any(file => new FileInfo(file).LinkTarget is { } target && sockets.Contains(target)))
                {
                    return $"the process {File.ReadAllText(Path.Combine(folder, "comm")).Trim()} ({Path.GetFileName(folder)})";
                }
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // It has ended, or belongs to another user.
            }
        }

        return null;
    }
}
