using System.Collections.Concurrent;

namespace LettaDr;

/// <summary>The database's part of a set, with its own proof.</summary>
internal sealed class DatabaseBackup(BackupRequest request, IBackupRepository repository, Func<IDatabaseSource> openSource) : IBackupPart
{
    /// <summary>The stage that fixes the moment, as journals name it.</summary>
    public const string SnapshotStage = "Take the snapshot";

    private IDatabaseSource? _source;
    private DatabaseInventory? _inventory;

    /// <summary>Makes a set of the database alone.</summary>
    public static async Task<Backup> RunAsync(
        BackupMaking making, IBackupRepository repository, BackupRequest request, Func<IDatabaseSource> openSource, CancellationToken cancellationToken)
    {
        await using var part = new DatabaseBackup(request, repository, openSource);
        return await making.RunAsync(new SetRequest(request.Deployment, request.Label), [part], cancellationToken).ConfigureAwait(false);
    }

    public bool ShowsProgress => true;

    public Task CaptureAsync(BackupDraft draft, CancellationToken cancellationToken) => draft.Recorder.StepAsync(SnapshotStage, async () =>
    {
        draft.Meter.Stage("Taking the snapshot");
        _source = openSource();
        _inventory = await _source.BeginSnapshotAsync(cancellationToken).ConfigureAwait(false);
        ClusterIdentity.Check(repository, request, _inventory.Database.SystemIdentifier);
        return $"{_inventory.Tables.Count} tables at LSN {_inventory.Lsn}";
    });

    public async Task CopyAsync(BackupDraft draft, CancellationToken cancellationToken)
    {
        var inventory = _inventory!;
        await draft.Recorder.StepAsync("Copy schema and rows", async step =>
        {
            inventory = await CopyAsync(inventory, _source!, draft, cancellationToken).ConfigureAwait(false);
            step.Bytes = inventory.Tables.Sum(table => table.Bytes);
            return $"{inventory.Tables.Sum(table => table.Fingerprint!.Value.Rows)} rows in {draft.Set.Files.Count} files";
        }).ConfigureAwait(false);
        draft.WriteText(DatabasePart.InventoryFileName, ManifestSerializer.WriteInventory(inventory));
        var described = Describe(inventory);
        draft.Describe(manifest => manifest with { Database = described });
        draft.AddInstructions(RestoreInstructions.OfDatabase(described, inventory));
        foreach (var omission in inventory.Omissions)
        {
            draft.Warn(omission);
        }
    }

    public ValueTask DisposeAsync() => _source?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<DatabaseInventory> CopyAsync(
        DatabaseInventory inventory, IDatabaseSource source, BackupDraft draft, CancellationToken cancellationToken)
    {
        var tables = inventory.Tables.Select(table => table with { Route = BackupPlanner.RouteOf(table, request.Portable) }).ToArray();
        var streamed = tables.Where(table => table.Route == TableRoute.BinaryCopy).ToArray();
        var rows = new RowCollector();
        var largeObjects = default(Fingerprint);
        var set = draft.Set;
        draft.Meter.Stage("Copying schema and rows", tables.Sum(table => table.Bytes));

        var work = new List<Func<CancellationToken, Task>>
        {
            async token =>
            {
                using var archive = set.OpenWrite(DatabasePart.ArchiveFileName);
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
                rows.Add(part.Table, await source.ReadRowsAsync(part, destination, draft.Meter.Add, token).ConfigureAwait(false));
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

    private DatabasePart Describe(DatabaseInventory inventory) => new()
    {
        SnapshotTime = inventory.SnapshotTime,
        Lsn = inventory.Lsn,
        Name = inventory.Database.Name,
        ServerVersion = inventory.Database.ServerVersion,
        SystemIdentifier = inventory.Database.SystemIdentifier,
        Image = request.Deployment.Database.Container?.Image,
        ImageDigest = request.Deployment.Database.Container?.ImageDigest,
        ServerImage = request.Deployment.Server?.Container?.Image,
        ServerImageDigest = request.Deployment.Server?.Container?.ImageDigest,
        AlembicRevision = inventory.Database.AlembicRevision,
        Portable = request.Portable,
        Tables = inventory.Tables.Count,
        Rows = inventory.Tables.Sum(table => table.Fingerprint!.Value.Rows),
        Bytes = inventory.Database.Bytes,
    };
}
