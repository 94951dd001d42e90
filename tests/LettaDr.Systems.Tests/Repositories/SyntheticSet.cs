namespace LettaDr.Systems.Tests;

/// <summary>Sets without a server behind them, written and published as a backup does it.</summary>
internal static class SyntheticSet
{
    public static Backup Publish(
        TemporaryRepository repository, string deployment, DateTimeOffset snapshotTime, string? label = null, string? id = null, string content = "rows")
    {
        id ??= $"{snapshotTime.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{Guid.NewGuid():N}"[..23];
        using var guard = Lock(repository, deployment);
        using var set = repository.Directory.CreateSet(deployment, id);
        foreach (var name in new[] { DatabasePart.ArchiveFileName, "rows/0001-messages.copy.zst", DatabasePart.InventoryFileName })
        {
            using var file = set.OpenWrite(name);
            file.Write(System.Text.Encoding.UTF8.GetBytes(content + name));
        }

        return set.Publish(Manifest(deployment, id, snapshotTime, label) with { Files = set.Files });
    }

    public static void Prove(TemporaryRepository repository, Backup backup, Outcome outcome = Outcome.Passed) =>
        repository.Directory.SaveProof(backup, new BackupProof
        {
            BackupId = backup.Id, ManifestSeal = backup.Manifest!.Seal, TestedAt = DateTimeOffset.UtcNow, Outcome = outcome,
            Evidence = "tested", Duration = TimeSpan.FromSeconds(1),
        });

    public static IDisposable Lock(TemporaryRepository repository, string deployment)
    {
        repository.Directory.PrepareAsync(CancellationToken.None).GetAwaiter().GetResult();
        return repository.Directory.Lock(deployment, "Test");
    }

    private static BackupManifest Manifest(string deployment, string id, DateTimeOffset time, string? label) => new()
    {
        Format = BackupManifest.CurrentFormat, Id = id, Deployment = deployment, Label = label, Writer = "test", StartedAt = time,
        CompletedAt = time.AddSeconds(5), Files = [],
        Database = new DatabasePart { SnapshotTime = time, Lsn = "0/1", Name = "letta", ServerVersion = "17.0", Tables = 1, Rows = 2, Bytes = 3 },
    };
}
