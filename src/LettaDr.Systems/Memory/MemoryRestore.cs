using System.Formats.Tar;
using System.Security.Cryptography;

namespace LettaDr.Systems;

/// <summary>Restores one memory repository: made beside its place, checked, and moved in.</summary>
internal sealed class MemoryRestore(IBackupRepository repository, Backup backup)
{
    /// <summary>What would happen to it. Touches nothing.</summary>
    /// <exception cref="LettaDrException">It is a bundle, and there is no git.</exception>
    public async Task<RestoredFile> PlanAsync(ConfigurationRestoreRequest request, MemoryRepository memory, CancellationToken cancellationToken)
    {
        var target = ConfigurationRestore.TargetOf(request, memory.Path, memory.OriginalPath, memory.Container);
        var action = RestoredFileAction.Create;
        if (memory.Problem is null)
        {
            _ = await LocalGit.RequireAsync(Path.GetTempPath(), ["--version"], cancellationToken).ConfigureAwait(false);
        }

        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
        {
            var same = memory.Problem is null
                ? await HasSameReferencesAsync(target, memory, cancellationToken).ConfigureAwait(false)
                    && (await LocalGit.RunAsync(target, ["fsck", "--full", "--no-progress"], null, cancellationToken).ConfigureAwait(false)).Succeeded
                : await HasSameFilesAsync(target, memory, cancellationToken).ConfigureAwait(false);
            action = same ? RestoredFileAction.Unchanged : RestoredFileAction.Replace;
        }

        return new RestoredFile { Path = memory.Path, Target = target, Purpose = $"memory of {memory.Agent}", Action = action };
    }

    /// <summary>Restores it.</summary>
    public async Task<RestoredFile> RunAsync(RestoredFile file, MemoryRepository memory, string operationId, CancellationToken cancellationToken)
    {
        if (file.Action == RestoredFileAction.Unchanged)
        {
            return file;
        }

        var parent = Path.GetDirectoryName(file.Target)!;
        var work = Path.Combine(parent, $".lettadr-{operationId}");
        Directory.CreateDirectory(work);
        try
        {
            var made = Path.Combine(work, FolderMemoryStore.RepositoryFolder);
            var stored = Path.Combine(work, "stored");
            await CopyAsync(memory.StoredAs, stored, cancellationToken).ConfigureAwait(false);
            if (memory.Problem is null)
            {
                await UnbundleAsync(stored, made, memory, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await TarFile.ExtractToDirectoryAsync(stored, work, overwriteFiles: false, cancellationToken).ConfigureAwait(false);
            }

            var aside = file.Action == RestoredFileAction.Replace ? $"{file.Target}.before-{operationId}" : null;
            if (Directory.Exists(file.Target))
            {
                if (aside is null)
                {
                    Directory.Delete(file.Target);
                }
                else
                {
                    Directory.Move(file.Target, aside);
                }
            }

            Directory.Move(made, file.Target);
            DurableFiles.SyncDirectory(parent);
            return file with { SetAside = aside };
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    /// <summary>Whether a repository's branches and tags are those that the set records.</summary>
    public static async Task<bool> HasSameReferencesAsync(string target, MemoryRepository memory, CancellationToken cancellationToken)
    {
        var found = await LocalGit.RunAsync(target, ["for-each-ref", "--format=%(objectname) %(refname)"], null, cancellationToken).ConfigureAwait(false);
        return found.Succeeded && found.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ToHashSet(StringComparer.Ordinal).SetEquals(memory.References.Select(pair => $"{pair.Value} {pair.Key}"));
    }

    private async Task<bool> HasSameFilesAsync(string target, MemoryRepository memory, CancellationToken cancellationToken)
    {
        using var content = repository.OpenContent(backup, FileOf(memory.StoredAs));
        using var reader = new TarReader(content);
        var there = Directory.EnumerateFiles(target, "*", SearchOption.AllDirectories).ToHashSet(StringComparer.Ordinal);
        var same = true;
        while (same && await reader.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false) is { } entry)
        {
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
            {
                var path = Path.Combine(Path.GetDirectoryName(target)!, entry.Name);
                same = there.Remove(path) && new FileInfo(path).Length == entry.Length
                    && SHA256.HashData(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false)).AsSpan()
                        .SequenceEqual(SHA256.HashData(entry.DataStream ?? Stream.Null));
            }
        }

        return same && there.Count == 0;
    }

    private async Task CopyAsync(string name, string path, CancellationToken cancellationToken)
    {
        using var content = repository.OpenContent(backup, FileOf(name));
        using var file = DurableFiles.Create(path);
        await content.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
    }

    private BackupFile FileOf(string name) =>
        backup.Manifest!.Files.FirstOrDefault(file => file.Name == name) ?? throw RepositoryFaults.FileMissing(name, backup.Path);

    /// <summary>All that the bundle has, with the branches where they were at the set's moment.</summary>
    private static async Task UnbundleAsync(string bundle, string made, MemoryRepository memory, CancellationToken cancellationToken)
    {
        var parent = Path.GetDirectoryName(made)!;
        await LocalGit.RequireAsync(parent, ["init", "-q", "--bare", made], cancellationToken).ConfigureAwait(false);
        await LocalGit.RequireAsync(made, ["fetch", "-q", "--update-head-ok", bundle, "+refs/*:refs/*"], cancellationToken).ConfigureAwait(false);
        var fetched = await LocalGit.RequireAsync(made, ["for-each-ref", "--format=%(refname)"], cancellationToken).ConfigureAwait(false);
        foreach (var name in fetched.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(name => !memory.References.ContainsKey(name)))
        {
            await LocalGit.RequireAsync(made, ["update-ref", "-d", name], cancellationToken).ConfigureAwait(false);
        }

        foreach (var (name, target) in memory.References)
        {
            // What was committed between the moment and the copying is newer than the set says; what was thrown away then is lost.
            if ((await LocalGit.RunAsync(made, ["cat-file", "-e", target], null, cancellationToken).ConfigureAwait(false)).Succeeded)
            {
                await LocalGit.RequireAsync(made, ["update-ref", name, target], cancellationToken).ConfigureAwait(false);
            }
        }

        if (memory.Head is { } head)
        {
            await LocalGit.RequireAsync(made, ["symbolic-ref", "HEAD", head], cancellationToken).ConfigureAwait(false);
        }

        await LocalGit.RequireAsync(made, ["fsck", "--full", "--no-dangling", "--no-progress"], cancellationToken).ConfigureAwait(false);
        await LocalGit.RequireAsync(made, ["config", "core.bare", memory.Bare ? "true" : "false"], cancellationToken).ConfigureAwait(false);
    }
}
