using System.Globalization;
using System.Text;

namespace LettaDr.Systems;

/// <summary>Runs pg_basebackup beside the server, and takes its archives as they come.</summary>
internal sealed class BaseBackupProgram(PostgresPrograms programs, string operationId, int major)
{
    private const string Program = "pg_basebackup";
    private const string Archive = "base.tar";
    private const int FirstWithZstd = 15;

    /// <summary>Copies the cluster.</summary>
    /// <param name="parentManifest">PostgreSQL's manifest of the copy that this one builds on; null for a full one.</param>
    /// <param name="tablespaces">How many tablespaces lie outside the data directory.</param>
    /// <param name="bytes">Size of the cluster.</param>
    /// <param name="compressionLevel">zstd's level for what is compressed there.</param>
    /// <param name="open">Opens the archive of a name, told whether it comes compressed.</param>
    /// <param name="onBytes">Called with the bytes read since the last call.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <returns>PostgreSQL's manifest of the copy.</returns>
    public async Task<byte[]> RunAsync(
        Stream? parentManifest, int tablespaces, long bytes, int compressionLevel, Func<string, bool, Stream> open, Action<long> onBytes,
        CancellationToken cancellationToken)
    {
        var parent = parentManifest is null ? null : await programs.StageAsync(parentManifest, cancellationToken).ConfigureAwait(false);
        try
        {
            return tablespaces == 0
                ? await StreamAsync(parent, compressionLevel, open, onBytes, cancellationToken).ConfigureAwait(false)
                : await StageAsync(parent, bytes, name => open(name, false), onBytes, cancellationToken).ConfigureAwait(false);
        }
        catch (LettaDrException failure) when (failure.Id == "ProgramFailed" && BaseBackupFaults.Translate(failure) is { } known)
        {
            throw known;
        }
        finally
        {
            if (parent is not null)
            {
                await programs.Host.UnstageAsync(parent).ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// Compressed where it is read, if it can be: half as many bytes then go through Docker's stream, which costs more than the compression.
    /// </summary>
    private async Task<byte[]> StreamAsync(
        string? parent, int compressionLevel, Func<string, bool, Stream> open, Action<long> onBytes, CancellationToken cancellationToken)
    {
        if (major >= FirstWithZstd)
        {
            using var compressed = new LateStream(() => open(Archive, true));
            using var tap = new CompressedManifestTap(compressed, onBytes);
            try
            {
                await programs.RunAsync(
                    Program, [.. Arguments("-", parent), string.Create(CultureInfo.InvariantCulture, $"--compress=client-zstd:{compressionLevel}")],
                    null, tap, cancellationToken).ConfigureAwait(false);
                return tap.Complete();
            }
            catch (LettaDrException unable) when (!compressed.Begun && unable.Message.Contains("does not support compression", StringComparison.Ordinal))
            {
                // A PostgreSQL that was built without zstd.
            }
        }

        using var archive = open(Archive, false);
        using var plain = new ManifestTap(archive, onBytes);
        await programs.RunAsync(Program, Arguments("-", parent), null, plain, cancellationToken).ConfigureAwait(false);
        return plain.Manifest;
    }

    /// <summary>By way of a folder: pg_basebackup writes one archive to its output, and never several.</summary>
    private async Task<byte[]> StageAsync(
        string? parent, long bytes, Func<string, Stream> open, Action<long> onBytes, CancellationToken cancellationToken)
    {
        var host = programs.Host;
        var folder = $"/tmp/lettadr-{operationId}-{Guid.NewGuid():N}";
        if (parent is null && await host.FreeBytesAsync("/tmp", cancellationToken).ConfigureAwait(false) is { } free && free < bytes)
        {
            throw new LettaDrException(
                "StagingFailed", FaultKind.InsufficientResources,
                $"The cluster has tablespaces, so its copy ({ByteSize.Format(bytes)}) goes by way of /tmp of {host.Name}, and only {ByteSize.Format(free)} are free there.",
                "Free some space in that container's /tmp, or mount a larger one.", host.Name);
        }

        try
        {
            await programs.RunAsync(Program, Arguments(folder, parent), null, null, cancellationToken).ConfigureAwait(false);
            using var listed = new MemoryStream();
            await programs.RunAsync("ls", [folder], null, listed, cancellationToken).ConfigureAwait(false);
            var names = Encoding.UTF8.GetString(listed.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            foreach (var name in names.Where(name => name.EndsWith(".tar", StringComparison.Ordinal)))
            {
                using var archive = open(name);
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

    private string[] Arguments(string target, string? parent) =>
    [
        "--format=tar", "--pgdata=" + target, "--wal-method=none", "--checkpoint=fast", "--no-password",
        string.Create(CultureInfo.InvariantCulture, $"--label=LettaDr {operationId}"), .. parent is null ? (string[])[] : ["--incremental=" + parent],
    ];
}
