using System.Formats.Tar;

namespace LettaDr.Systems;

/// <summary>Puts files that lay in a container only back into the container that has taken its place.</summary>
internal sealed class ContainerFiles(DockerEngine engine, string containerId)
{
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Writes a file or a folder with all below it, owned by root as what Letta writes is.</summary>
    /// <param name="source">Full path on this machine.</param>
    /// <param name="path">Absolute path in the container; folders above it are made.</param>
    /// <param name="cancellationToken">Stops the copying.</param>
    public async Task PutAsync(string source, string path, CancellationToken cancellationToken)
    {
        var archive = new ContainerArchive(engine, containerId);
        using var tar = TemporaryFiles.Create(".tar");
        await using (var writer = new TarWriter(tar, TarEntryFormat.Pax, leaveOpen: true))
        {
            var name = path.TrimStart('/');
            for (var slash = name.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = name.IndexOf('/', slash + 1))
            {
                // A folder that is there keeps its owner and its permissions.
                if (!await archive.ExistsAsync("/" + name[..slash], cancellationToken).ConfigureAwait(false))
                {
                    await writer.WriteEntryAsync(
                        new PaxTarEntry(TarEntryType.Directory, name[..slash] + "/") { Mode = FolderMode }, cancellationToken).ConfigureAwait(false);
                }
            }

            await AddAsync(writer, source, name, cancellationToken).ConfigureAwait(false);
        }

        tar.Position = 0;
        await engine.ExtractAsync(containerId, "/", tar, cancellationToken).ConfigureAwait(false);
    }

    private static async Task AddAsync(TarWriter writer, string source, string name, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(source))
        {
            using var content = File.OpenRead(source);
            var entry = new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content };
            if (!OperatingSystem.IsWindows())
            {
                entry.Mode = File.GetUnixFileMode(source);
            }

            await writer.WriteEntryAsync(entry, cancellationToken).ConfigureAwait(false);
            return;
        }

        await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.Directory, name + "/") { Mode = FolderMode }, cancellationToken).ConfigureAwait(false);
        foreach (var inner in Directory.EnumerateFileSystemEntries(source))
        {
            await AddAsync(writer, inner, $"{name}/{Path.GetFileName(inner)}", cancellationToken).ConfigureAwait(false);
        }
    }
}
