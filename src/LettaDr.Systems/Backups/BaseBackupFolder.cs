using System.Globalization;

namespace LettaDr.Systems;

/// <summary>Has pg_basebackup, in a container beside the server, write its archives where the set is made.</summary>
internal sealed class BaseBackupFolder(BaseBackupProgram program, IBackupSetWriter set, string incoming)
{
    private const string Name = "copy";

    /// <summary>Copies the cluster.</summary>
    /// <param name="compressionLevel">zstd's level.</param>
    /// <param name="jobs">How many threads compress.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <returns>PostgreSQL's manifest of the copy; null where this pg_basebackup cannot compress so.</returns>
    public async Task<byte[]?> RunAsync(int compressionLevel, int jobs, CancellationToken cancellationToken)
    {
        var compression = string.Create(CultureInfo.InvariantCulture, $"client-zstd:level={compressionLevel},workers={jobs}");
        try
        {
            await program.RunAsync($"{ServerCompanion.Mount}/{Name}", compression, null, cancellationToken).ConfigureAwait(false);
        }
        catch (LettaDrException unable) when (BaseBackupFaults.CannotCompress(unable))
        {
            return null;
        }

        var folder = Path.Combine(incoming, Name);
        try
        {
            foreach (var archive in Directory.EnumerateFiles(folder, "*.tar.zst"))
            {
                set.Take(archive, ClusterPart.Folder + Path.GetFileName(archive));
            }

            return await File.ReadAllBytesAsync(Path.Combine(folder, ClusterManifest.FileName), cancellationToken).ConfigureAwait(false);
        }
        catch (IOException lost)
        {
            throw new LettaDrException(
                "CopyUnreadable", FaultKind.DataCorrupt, $"What pg_basebackup wrote cannot be read: {lost.Message.TrimEnd('.')}.",
                "Nothing was published. Run the command again.", folder, lost);
        }
    }
}
