using System.Collections.Concurrent;
using System.Reflection;

namespace LettaDr;

/// <summary>Backs a database up into one set that carries its own proof.</summary>
internal sealed class DatabaseBackup(IBackupRepository repository, IOperationObserver observer, IJournalStore localJournals)
{
    public async Task<Backup> RunAsync(
        BackupRequest request, Func<IDatabaseSource> openSource, CancellationToken cancellationToken)
    {
        var deployment = request.Deployment.Name;
        var id = OperationId.Next();
        await repository.PrepareAsync(cancellationToken).ConfigureAwait(false);
        using var guard = repository.Lock(deployment, "Backup");
        foreach (var swept in repository.Sweep(deployment))
        {
            observer.Warning($"Removed what an operation that died had left: {swept}");
        }

        var recorder = new OperationRecorder(
            id, "Backup", deployment, id, observer, repository.Journals(deployment), localJournals);
        return await recorder.RunAsync(() => BackUpAsync(request, id, recorder, openSource, cancellationToken)).ConfigureAwait(false);
    }

    private async Task<Backup> BackUpAsync(
        BackupRequest request, string id, OperationRecorder recorder, Func<IDatabaseSource> openSource,
        CancellationToken cancellationToken)
    {
        var startedAt = DateTimeOffset.UtcNow;
        var meter = new ProgressMeter(observer, $"Backing up {request.Deployment.Name}");
        await using var source = openSource();
        DatabaseInventory inventory = null!;
        await recorder.StepAsync("Take the snapshot", async () =>
        {
            meter.Stage("Taking the snapshot");
            inventory = await source.BeginSnapshotAsync(cancellationToken).ConfigureAwait(false);
            CheckCluster(request, inventory);
            return $"{inventory.Tables.Count} tables at LSN {inventory.Lsn}";
        }).ConfigureAwait(false);

        using var set = repository.CreateSet(request.Deployment.Name, id);
        await recorder.StepAsync("Copy schema and rows", async step =>
        {
            inventory = await CopyAsync(request, inventory, source, set, meter, cancellationToken).ConfigureAwait(false);
            step.Bytes = inventory.Tables.Sum(table => table.Bytes);
            return $"{inventory.Tables.Sum(table => table.Fingerprint!.Value.Rows)} rows in {set.Files.Count} files";
        }).ConfigureAwait(false);

        Backup backup = null!;
        await recorder.StepAsync("Publish the set", () =>
        {
            meter.Stage("Publishing the set");
            cancellationToken.ThrowIfCancellationRequested();
            WriteText(set, BackupManifest.InventoryFileName, ManifestSerializer.WriteInventory(inventory));
            var manifest = Describe(request, id, startedAt, inventory, set.Files);
            WriteText(set, BackupManifest.InstructionsFileName, RestoreInstructions.Write(manifest, inventory));
            backup = set.Publish(manifest with { Files = Ordered(set.Files), CompletedAt = DateTimeOffset.UtcNow });
            return Task.FromResult<string?>($"{ByteSize.Format(backup.Size)} at {backup.Path}");
        }).ConfigureAwait(false);
        foreach (var omission in inventory.Omissions)
        {
            observer.Warning(omission);
        }

        return backup;
    }

    /// <summary>Two clusters under one name would make retention remove the one's sets for the other's.</summary>
    private void CheckCluster(BackupRequest request, DatabaseInventory inventory)
    {
        var present = inventory.Database.SystemIdentifier;
        var newest = repository.List(request.Deployment.Name, includeIncomplete: false)
            .Where(backup => backup.Manifest is not null).MaxBy(backup => backup.SnapshotTime);
        if (!request.AllowOtherCluster && present is not null && newest?.Manifest?.SystemIdentifier is { } recorded && recorded != present)
        {
            throw new LettaDrException(
                "RepositoryOfOtherCluster", FaultKind.Incompatible,
                $"The sets of {request.Deployment.Name} in {repository.Location} are of cluster {recorded}, and this server is cluster {present}.",
                "After a restore onto a new server say -AllowOtherCluster once; else give the deployment another name or repository.",
                request.Deployment.Name);
        }
    }

    private static async Task<DatabaseInventory> CopyAsync(
        BackupRequest request, DatabaseInventory inventory, IDatabaseSource source, IBackupSetWriter set, ProgressMeter meter,
        CancellationToken cancellationToken)
    {
        var tables = inventory.Tables.Select(table => table with { Route = BackupPlanner.RouteOf(table, request.Portable) }).ToArray();
        var streamed = tables.Where(table => table.Route == TableRoute.BinaryCopy).ToArray();
        var rows = new RowCollector();
        var largeObjects = default(Fingerprint);
        meter.Stage("Copying schema and rows", tables.Sum(table => table.Bytes));

        var work = new List<Func<CancellationToken, Task>>
        {
            async token =>
            {
                using var archive = set.OpenWrite(BackupManifest.ArchiveFileName);
                await source.DumpAsync(streamed, request.Portable, request.CompressionLevel, archive, token).ConfigureAwait(false);
            },
        };
        var parts = BackupPlanner.Split(tables, request.Jobs, source.SupportsRangeScans);
        var counts = new ConcurrentDictionary<TableInventory, long>();
        foreach (var part in parts)
        {
            var file = part.Table.Route == TableRoute.BinaryCopy ? rows.NextFile(part.Table) : null;
            work.Add(async token =>
            {
                using var destination = file is null ? null : set.OpenWrite(file, BackupPlanner.CompressionLevelOf(part.Table, request.CompressionLevel));
                rows.Add(part.Table, await source.ReadRowsAsync(part, destination, meter.Add, token).ConfigureAwait(false));
            });
        }

        foreach (var table in parts.Where(part => part.FirstBlock is not null).Select(part => part.Table).Distinct())
        {
            work.Add(async token => counts[table] = await source.CountRowsAsync(table, token).ConfigureAwait(false));
        }

        work.Add(async token => largeObjects = await source.ReadLargeObjectsAsync(token).ConfigureAwait(false));
        await ParallelWork.RunAsync(work, request.Jobs, cancellationToken).ConfigureAwait(false);
        foreach (var (table, count) in counts)
        {
            CheckCount(rows.Complete(table), count);
        }

        return inventory with { Tables = [.. tables.Select(rows.Complete)], LargeObjects = largeObjects };
    }

    /// <summary>A row lost between two parts would be missing from set and fingerprint alike, and no restore would tell.</summary>
    private static void CheckCount(TableInventory table, long counted)
    {
        if (table.Fingerprint!.Value.Rows != counted)
        {
            throw new LettaDrException(
                "RowsMissed", FaultKind.DataCorrupt,
                $"{table.Fingerprint.Value.Rows} rows of {table} were read in parts, and the server counts {counted} in the same snapshot.",
                "Nothing was published. Check the table (amcheck), and back up with -Portable meanwhile.", table.ToString());
        }
    }

    private static BackupManifest Describe(
        BackupRequest request, string id, DateTimeOffset startedAt, DatabaseInventory inventory, IReadOnlyList<BackupFile> files) => new()
        {
            Format = BackupManifest.CurrentFormat,
            Id = id,
            Deployment = request.Deployment.Name,
            Label = request.Label,
            Writer = "LettaDr " + typeof(DatabaseBackup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
                .InformationalVersion.Split('+')[0],
            StartedAt = startedAt,
            CompletedAt = DateTimeOffset.UtcNow,
            SnapshotTime = inventory.SnapshotTime,
            Lsn = inventory.Lsn,
            Database = inventory.Database.Name,
            ServerVersion = inventory.Database.ServerVersion,
            SystemIdentifier = inventory.Database.SystemIdentifier,
            DatabaseImage = request.Deployment.Database.Container?.Image,
            DatabaseImageDigest = request.Deployment.Database.Container?.ImageDigest,
            ServerImage = request.Deployment.Server?.Container?.Image,
            ServerImageDigest = request.Deployment.Server?.Container?.ImageDigest,
            AlembicRevision = inventory.Database.AlembicRevision,
            Portable = request.Portable,
            TableCount = inventory.Tables.Count,
            RowCount = inventory.Tables.Sum(table => table.Fingerprint!.Value.Rows),
            DatabaseBytes = inventory.Database.Bytes,
            Files = Ordered(files),
        };

    private static BackupFile[] Ordered(IReadOnlyList<BackupFile> files) =>
        [.. files.OrderBy(file => file.Name, StringComparer.Ordinal)];

    private static void WriteText(IBackupSetWriter set, string name, byte[] content)
    {
        using var file = set.OpenWrite(name);
        file.Write(content);
    }
}
