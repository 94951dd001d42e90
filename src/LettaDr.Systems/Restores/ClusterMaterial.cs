namespace LettaDr.Systems;

/// <summary>Makes a data directory of a physical copy, and of those that it builds on, in a throw-away container.</summary>
internal sealed class ClusterMaterial(
    ScratchContainer container, RecoveryExchange exchange, IBackupRepository repository, Action<long> onBytes)
{
    private const string BaseName = ClusterPart.Folder + "base.tar.zst";

    // A shell knows only how the last program of a pipeline ended. What is left behind the archive's end is read, or the first would fail.
    private const string Unpack = """
        broken=/tmp/lettadr-broken; rm -f $broken; mkdir -p "$2"
        { $3 < "$1" || : > $broken; } | { tar -x -f - -C "$2" && cat > /dev/null; }
        [ ! -e $broken ]
        """;

    /// <summary>Bytes of the archives, as stored, that will be read.</summary>
    public static long StoredBytes(IEnumerable<Backup> chain) =>
        chain.SelectMany(backup => Archives(backup)).Sum(file => file.Size);

    /// <summary>Lays the files out.</summary>
    /// <param name="chain">The full copy first, then each incremental one, the newest last.</param>
    /// <param name="work">A folder that is there, where copies lie before they are combined.</param>
    /// <param name="directory">The data directory; it must not be there.</param>
    /// <param name="user">Whose the files are to be.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task LayAsync(IReadOnlyList<Backup> chain, string work, string directory, string user, CancellationToken cancellationToken)
    {
        if (chain.Count == 1)
        {
            await UnpackAsync(chain[0], directory, user, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            var folders = chain.Select((_, index) => $"{work}/chain-{index}").ToList();
            foreach (var (backup, folder) in chain.Zip(folders))
            {
                await UnpackAsync(backup, folder, user, cancellationToken).ConfigureAwait(false);
                using var manifest = repository.OpenContent(backup, File(backup, ClusterPart.ManifestFileName));
                await container.WriteAsync($"{folder}/backup_manifest", manifest, user, cancellationToken).ConfigureAwait(false);
            }

            await container.ShellAsync(
                "out=$1; shift; pg_combinebackup --no-sync --output=\"$out\" \"$@\"; rm -rf \"$@\"", [directory, .. folders], user, cancellationToken).ConfigureAwait(false);
        }

        await CleanAsync(container, directory, user, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes what is of the server that was copied: slots, sockets and locks that no other can hold.</summary>
    public static Task CleanAsync(ScratchContainer container, string directory, string user, CancellationToken cancellationToken) =>
        container.ShellAsync(
            "cd \"$1\"; chmod 700 .; rm -rf postmaster.pid postmaster.opts tablespace_map pg_replslot; mkdir pg_replslot; chmod 700 pg_replslot; mkdir -p pg_wal/archive_status; chmod 700 pg_wal pg_wal/archive_status",
            [directory], user, cancellationToken);

    private async Task UnpackAsync(Backup backup, string directory, string user, CancellationToken cancellationToken)
    {
        var found = await container.ShellAsync(
            "mkdir -p \"$1\"; chown \"$2\" \"$1\"; chmod 700 \"$1\"; command -v zstd || true", [directory, user], null,
            cancellationToken).ConfigureAwait(false);
        var zstd = found.Length > 0;
        foreach (var file in Archives(backup))
        {
            var oid = Path.GetFileName(file.Name)[..^".tar.zst".Length];
            // A tablespace lies inside from now on: its old place may belong to the server that still runs.
            var folder = file.Name == BaseName ? directory : $"{directory}/pg_tblspc/{oid}";
            // Either way it is checked here to the last byte, as stored.
            using var content = new MeteredStream(zstd ? repository.OpenStored(backup, file) : repository.OpenContent(backup, file), onBytes);
            using var pipe = ContainerPipe.Create(exchange);
            var unpacking = container.ShellAsync(Unpack, [pipe.Mount, folder, zstd ? "zstd -dcq" : "cat"], user, cancellationToken);
            await pipe.FeedAsync(content, unpacking).ConfigureAwait(false);
        }
    }

    private static IEnumerable<BackupFile> Archives(Backup backup) => backup.Manifest!.Files
        .Where(file => file.Name.StartsWith(ClusterPart.Folder, StringComparison.Ordinal) && file.Name.EndsWith(".tar.zst", StringComparison.Ordinal))
        .OrderBy(file => file.Name == BaseName ? 0 : 1);

    private static BackupFile File(Backup backup, string name) => backup.Manifest!.Files.First(file => file.Name == name);
}
