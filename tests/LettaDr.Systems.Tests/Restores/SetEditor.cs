using System.Security.Cryptography;

namespace LettaDr.Systems.Tests;

/// <summary>A copy of a set that was changed by somebody who knows the format: digests and seal are right again.</summary>
internal sealed class SetEditor : IDisposable
{
    private SetEditor(TemporaryRepository repository, Backup backup) => (Repository, Backup) = (repository, backup);

    public TemporaryRepository Repository { get; }

    public Backup Backup { get; }

    public static SetEditor Edit(LettaSet set, Func<DatabaseInventory, DatabaseInventory> change, Func<BackupManifest, BackupManifest>? changeManifest = null)
    {
        var copy = Copy(set.Repository, set.Backup);
        var path = Path.Combine(copy.Path, DatabasePart.InventoryFileName);
        var inventory = ManifestSerializer.WriteInventory(change(ManifestSerializer.ReadInventory(File.ReadAllBytes(path), path)));
        File.WriteAllBytes(path, inventory);
        Reseal(copy, DatabasePart.InventoryFileName, changeManifest);
        return Listed(copy.Repository);
    }

    /// <summary>A copy whose manifest says what the file now holds.</summary>
    public static SetEditor EditFile(LettaSet set, string file, Func<byte[], byte[]> change, bool reseal) =>
        EditFile(set.Repository, set.Backup, file, change, reseal);

    /// <summary>A copy of any set, with another manifest.</summary>
    public static SetEditor EditManifest(TemporaryRepository repository, Backup backup, Func<BackupManifest, BackupManifest> change)
    {
        var copy = Copy(repository, backup);
        Reseal(copy, backup.Manifest!.Files[0].Name, change);
        return Listed(copy.Repository);
    }

    public static SetEditor EditFile(TemporaryRepository repository, Backup backup, string file, Func<byte[], byte[]> change, bool reseal)
    {
        var copy = Copy(repository, backup);
        var path = Path.Combine(copy.Path, file);
        File.WriteAllBytes(path, change(File.ReadAllBytes(path)));
        if (reseal)
        {
            Reseal(copy, file, null);
        }

        return Listed(copy.Repository);
    }

    public void Dispose() => Repository.Dispose();

    private static SetEditor Listed(TemporaryRepository repository) =>
        new(repository, Assert.Single(repository.Directory.List(null, includeIncomplete: true)));

    private static (TemporaryRepository Repository, string Path) Copy(TemporaryRepository original, Backup backup)
    {
        var repository = new TemporaryRepository();
        var from = backup.Path;
        var to = Path.Combine(repository.Path, Path.GetRelativePath(original.Path, from));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return (repository, to);
    }

    private static void Reseal((TemporaryRepository Repository, string Path) copy, string file, Func<BackupManifest, BackupManifest>? change)
    {
        var manifestPath = Path.Combine(copy.Path, BackupManifest.FileName);
        var manifest = ManifestSerializer.Read(File.ReadAllBytes(manifestPath), manifestPath);
        var bytes = File.ReadAllBytes(Path.Combine(copy.Path, file));
        var changed = manifest with
        {
            Files = [.. manifest.Files.Select(listed => listed.Name == file
                ? new BackupFile(file, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)))
                : listed)],
        };
        File.WriteAllBytes(manifestPath, ManifestSerializer.Write(change is null ? changed : change(changed)));
    }
}
