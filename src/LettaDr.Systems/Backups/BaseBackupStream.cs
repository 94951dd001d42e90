using System.Globalization;
using System.Text;

namespace LettaDr.Systems;

/// <summary>Takes pg_basebackup's archives as they come, where it cannot write them to the set itself.</summary>
internal sealed class BaseBackupStream(
    BaseBackupProgram program, string operationId, IBackupSetWriter set, int compressionLevel, Action<long> onBytes)
{
    private const string Archive = "base.tar";

    /// <summary>Copies the cluster.</summary>
    /// <param name="major">The server's major version.</param>
    /// <param name="tablespaces">How many tablespaces lie outside the data directory.</param>
    /// <param name="bytes">Size of the cluster.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <returns>PostgreSQL's manifest of the copy.</returns>
    public Task<byte[]> RunAsync(int major, int tablespaces, long bytes, CancellationToken cancellationToken) =>
        tablespaces > 0 ? StageAsync(bytes, cancellationToken) : StreamAsync(major, cancellationToken);

    /// <summary>
    /// Compressed where it is read, if it can be: fewer bytes then go through Docker's stream, which costs more than the compression.
    /// </summary>
    private async Task<byte[]> StreamAsync(int major, CancellationToken cancellationToken)
    {
        if (major >= BaseBackupProgram.FirstWithZstd)
        {
            using var compressed = new LateStream(() => Open(Archive, IBackupSetWriter.Compressed));
            using var tap = new CompressedManifestTap(compressed, onBytes);
            var compression = string.Create(CultureInfo.InvariantCulture, $"client-zstd:{compressionLevel}");
            try
            {
                await program.RunAsync("-", compression, tap, cancellationToken).ConfigureAwait(false);
                return tap.Complete();
            }
            catch (LettaDrException unable) when (!compressed.Begun && BaseBackupFaults.CannotCompress(unable))
            {
                // A PostgreSQL that was built without zstd.
            }
        }

        using var archive = Open(Archive, compressionLevel);
        using var plain = new ManifestTap(archive, onBytes);
        await program.RunAsync("-", null, plain, cancellationToken).ConfigureAwait(false);
        return plain.Manifest;
    }

    /// <summary>By way of a folder: pg_basebackup writes one archive to its output, and never several.</summary>
    private async Task<byte[]> StageAsync(long bytes, CancellationToken cancellationToken)
    {
        var programs = program.Programs;
        var host = programs.Host;
        var folder = $"/tmp/lettadr-{operationId}-{Guid.NewGuid():N}";
        if (!program.IsIncremental && await host.FreeBytesAsync("/tmp", cancellationToken).ConfigureAwait(false) is { } free && free < bytes)
        {
            throw new LettaDrException(
                "StagingFailed", FaultKind.InsufficientResources,
                $"The cluster has tablespaces, so its copy ({ByteSize.Format(bytes)}) goes by way of /tmp of {host.Name}, and only {ByteSize.Format(free)} are free there.",
                "Free some space in that container's /tmp, or mount a larger one.", host.Name);
        }

        try
        {
            await program.RunAsync(folder, null, null, cancellationToken).ConfigureAwait(false);
            using var listed = new MemoryStream();
            await programs.RunAsync("ls", [folder], null, listed, cancellationToken).ConfigureAwait(false);
            var names = Encoding.UTF8.GetString(listed.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            foreach (var name in names.Where(name => name.EndsWith(".tar", StringComparison.Ordinal)))
            {
                using var archive = Open(name, compressionLevel);
                using var tap = new ManifestTap(archive, onBytes);
                await programs.RunAsync("cat", [$"{folder}/{name}"], null, tap, cancellationToken).ConfigureAwait(false);
            }

            using var manifest = new MemoryStream();
            await programs.RunAsync("cat", [$"{folder}/{ClusterManifest.FileName}"], null, manifest, cancellationToken).ConfigureAwait(false);
            return manifest.ToArray();
        }
        finally
        {
            await host.UnstageAsync(folder).ConfigureAwait(false);
        }
    }

    private Stream Open(string name, int level) => set.OpenWrite($"{ClusterPart.Folder}{name}.zst", level);
}
