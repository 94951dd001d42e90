using System.Diagnostics;

namespace LettaDr;

/// <summary>
/// Restores a set beside the live database, compares every row, and only then swaps. Whatever fails before the swap leaves the
/// live database untouched.
/// </summary>
internal sealed class DatabaseRestore(
    IBackupRepository repository, IDatabaseTarget target, IOperationObserver observer, IJournalStore localJournals,
    string kind = "Restore")
{
    /// <summary>The stage that grows with the data and moves no bytes of its own.</summary>
    public const string BuildStage = "Build indexes and constraints";

    public async Task<RestoreResult> RunAsync(RestoreRequest request, string operationId, CancellationToken cancellationToken)
    {
        var inventory = ReadInventory(repository, request.Backup);
        var profile = await PreflightAsync(request, inventory, cancellationToken).ConfigureAwait(false);
        await using var guard = await target.LockAsync(request.TargetDatabase, cancellationToken).ConfigureAwait(false);
        await SweepAsync(request.TargetDatabase, cancellationToken).ConfigureAwait(false);
        var recorder = new OperationRecorder(
            operationId, kind, request.Backup.Deployment, request.Backup.Id, observer,
            repository.Journals(request.Backup.Deployment), localJournals);
        return await recorder.RunAsync(
            () => RestoreAsync(request, inventory, profile, operationId, recorder, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Everything that can be found out without touching anything.</summary>
    public async Task<TargetProfile> PreflightAsync(
        RestoreRequest request, DatabaseInventory inventory, CancellationToken cancellationToken)
    {
        BackupSizes.Check(repository, request.Backup, request.Backup.Manifest!.Files);
        var profile = await target.InspectAsync(request.TargetDatabase, cancellationToken).ConfigureAwait(false);
        RestorePreflight.Check(request, inventory, profile);
        await target.RequireProgramsAsync(inventory.Database.ServerVersionNumber / 10000, cancellationToken).ConfigureAwait(false);
        return profile;
    }

    /// <summary>What a set's manifest says of its database.</summary>
    /// <exception cref="LettaDrException">The set does not hold it.</exception>
    public static DatabasePart DatabaseOf(Backup backup, BackupManifest manifest) => manifest.Database ?? throw new LettaDrException(
        "BackupWithoutPart", FaultKind.NotFound, $"The set {backup.Id} does not hold the database, but {manifest.Parts}.",
        "Use a set that does (Get-LettaBackup lists the parts of each).", backup.Id);

    /// <summary>The inventory of a set, checked against its manifest.</summary>
    public static DatabaseInventory ReadInventory(IBackupRepository repository, Backup backup)
    {
        if (backup.Manifest is not { } manifest)
        {
            throw new LettaDrException(
                "BackupNotUsable", FaultKind.DataCorrupt, $"The set {backup.Id} cannot be restored: {backup.Problem}",
                "Use another set (Get-LettaBackup lists them).", backup.Id);
        }

        DatabaseOf(backup, manifest);
        var file = manifest.Files.First(file => file.Name == DatabasePart.InventoryFileName);
        using var content = repository.OpenContent(backup, file);
        using var memory = new MemoryStream();
        content.CopyTo(memory);
        return ManifestSerializer.ReadInventory(memory.ToArray(), backup.Path);
    }

    private async Task<RestoreResult> RestoreAsync(
        RestoreRequest request, DatabaseInventory inventory, TargetProfile profile, string operationId, OperationRecorder recorder,
        CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var meter = new ProgressMeter(observer, $"Restoring {request.Backup.Id} as {request.TargetDatabase}");
        var beside = DatabaseMark.NameBeside(request.TargetDatabase, DatabaseMark.Restoring, operationId);
        IReadOnlyList<InventoryDifference> differences;
        try
        {
            await LoadAsync(request, inventory, profile, beside, recorder, meter, cancellationToken).ConfigureAwait(false);
            differences = await VerifyAsync(request, inventory, beside, recorder, meter, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not LettaDrException { Id: "RestoreNotIdentical" })
        {
            await DropQuietlyAsync(beside).ConfigureAwait(false);
            throw;
        }

        var previous = await SwapAsync(request, inventory, profile, beside, operationId, recorder, meter, cancellationToken).ConfigureAwait(false);
        return new RestoreResult
        {
            BackupId = request.Backup.Id,
            Deployment = request.Deployment.Name,
            Database = request.TargetDatabase,
            PreviousDatabase = previous,
            SnapshotTime = inventory.SnapshotTime,
            CompletedAt = DateTimeOffset.UtcNow,
            Duration = clock.Elapsed,
            TablesIdentical = inventory.Tables.Count,
            Tables = inventory.Tables.Count,
            Rows = inventory.Tables.Sum(table => table.Fingerprint!.Value.Rows),
            Bytes = inventory.Tables.Sum(table => table.Bytes),
            Objects = inventory.Objects.Count,
            Differences = differences,
            Stages = recorder.Journal.Steps,
        };
    }

    private async Task LoadAsync(
        RestoreRequest request, DatabaseInventory inventory, TargetProfile profile, string beside, OperationRecorder recorder,
        ProgressMeter meter, CancellationToken cancellationToken)
    {
        var manifest = request.Backup.Manifest!;
        var build = IndexBuildSettings.For(inventory, profile, request.Jobs);
        var stored = manifest.Files.First(file => file.Name == DatabasePart.ArchiveFileName);
        meter.Stage("Creating the database");
        using var content = repository.OpenContent(request.Backup, stored);
        await using var archive = await target.StageAsync(content, inventory, cancellationToken).ConfigureAwait(false);
        await recorder.StepAsync("Create the database and its tables", async () =>
        {
            var missing = inventory.Roles.Where(role => !profile.Roles.Contains(role.Name)).ToList();
            if (request.Owner is null && missing.Count > 0)
            {
                await target.CreateRolesAsync(missing, cancellationToken).ConfigureAwait(false);
            }

            var mark = new DatabaseMark(DatabaseMark.Restoring, request.TargetDatabase, request.Backup.Id, DateTimeOffset.UtcNow, null);
            await target.CreateDatabaseAsync(beside, inventory, request.Owner, mark, cancellationToken).ConfigureAwait(false);
            await archive.RestoreAsync(beside, ArchiveSection.PreData, 1, request.Owner, build, cancellationToken).ConfigureAwait(false);
            return $"{beside} with {inventory.Tables.Count} tables";
        }).ConfigureAwait(false);

        await recorder.StepAsync("Load the rows", async step =>
        {
            meter.Stage("Loading rows", inventory.Tables.Where(table => table.Route == TableRoute.BinaryCopy).Sum(table => table.Bytes));
            await LoadRowsAsync(request, inventory, beside, archive, build, meter, cancellationToken).ConfigureAwait(false);
            step.Bytes = inventory.Tables.Sum(table => table.Bytes);
            return $"{inventory.Tables.Sum(table => table.Fingerprint!.Value.Rows)} rows";
        }).ConfigureAwait(false);

        await recorder.StepAsync(BuildStage, async () =>
        {
            meter.Stage("Building indexes and constraints");
            await archive.RestoreAsync(beside, ArchiveSection.PostData, request.Jobs, request.Owner, build, cancellationToken).ConfigureAwait(false);
            return $"{inventory.Objects.Count(item => item.Kind == "index")} indexes, maintenance_work_mem {ByteSize.Format(build.MaintenanceWorkMemory)}, {build.ParallelWorkers} workers each";
        }).ConfigureAwait(false);

        await recorder.StepAsync("Apply settings", async () =>
        {
            await target.ApplySettingsAsync(beside, inventory, request.Owner, cancellationToken).ConfigureAwait(false);
            return $"{inventory.Settings.Count} settings";
        }).ConfigureAwait(false);
    }

    private Task LoadRowsAsync(
        RestoreRequest request, DatabaseInventory inventory, string beside, IStagedArchive archive, IndexBuildSettings build,
        ProgressMeter meter, CancellationToken cancellationToken)
    {
        var loads = LoadPlanner.Plan(inventory, request.Backup.Manifest!, request.Jobs)
            .Select(load => (Func<CancellationToken, Task>)(token => target.WriteRowsAsync(
                beside, load.Table, [.. load.Files.Select(file => (Func<Stream>)(() => repository.OpenContent(request.Backup, file)))],
                load.WholeTable, meter.Add, token)));
        // The archive's small tables go beside the heavy ones, which would else begin with one connection less.
        return ParallelWork.RunAsync(
            [
                token => ParallelWork.RunAsync(loads, request.Jobs, token),
                token => archive.RestoreAsync(beside, ArchiveSection.Data, 1, request.Owner, build, token),
            ],
            2, cancellationToken);
    }

    private async Task<IReadOnlyList<InventoryDifference>> VerifyAsync(
        RestoreRequest request, DatabaseInventory inventory, string beside, OperationRecorder recorder, ProgressMeter meter,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<InventoryDifference> differences = [];
        await recorder.StepAsync("Compare every row and object, collect statistics", async step =>
        {
            await using var source = target.OpenSource(beside);
            var restored = await InventoryFingerprinter.ReadAsync(
                source, inventory, request.Jobs, meter, cancellationToken,
                alongside: token => target.AnalyzeAsync(beside, token)).ConfigureAwait(false);
            differences = InventoryComparer.Compare(inventory, restored, request.Owner);
            step.Bytes = restored.Tables.Sum(table => table.Bytes);
            return $"{inventory.Tables.Count} tables and {inventory.Objects.Count} objects compared, {differences.Count} differences";
        }).ConfigureAwait(false);

        var losses = differences.Where(difference => !InventoryComparer.IsCosmetic(difference)).ToList();
        if (losses.Count == 0)
        {
            return differences;
        }

        await target.CommentAsync(
            beside,
            new DatabaseMark(DatabaseMark.Unverified, request.TargetDatabase, request.Backup.Id, DateTimeOffset.UtcNow, null).Write(),
            cancellationToken).ConfigureAwait(false);
        throw new LettaDrException(
            "RestoreNotIdentical", FaultKind.DataCorrupt,
            $"What was restored from {request.Backup.Id} is not what the set says, in {losses.Count} point(s): {string.Join("; ", losses.Take(5))}.",
            $"The live database was not touched; what was restored is in {beside} for a look. Use another set, or drop it.",
            request.Backup.Id);
    }

    private async Task<string?> SwapAsync(
        RestoreRequest request, DatabaseInventory inventory, TargetProfile profile, string beside, string operationId,
        OperationRecorder recorder, ProgressMeter meter, CancellationToken cancellationToken)
    {
        var existing = profile.Existing;
        var previous = DatabaseMark.NameBeside(request.TargetDatabase, "before", operationId);
        try
        {
            await recorder.StepAsync("Swap", async () =>
            {
                meter.Stage("Swapping");
                var mark = new DatabaseMark(
                    DatabaseMark.Previous, request.TargetDatabase, request.Backup.Id, DateTimeOffset.UtcNow, existing?.Comment);
                await target.SwapAsync(
                    new DatabaseSwap(
                        request.TargetDatabase, existing is not null, previous, mark, beside, inventory.Database.Comment,
                        request.DisconnectSessions),
                    cancellationToken).ConfigureAwait(false);
                return existing is null ? $"{request.TargetDatabase} is new" : $"the previous database is now {previous}";
            }).ConfigureAwait(false);
        }
        catch
        {
            await DropQuietlyAsync(beside).ConfigureAwait(false);
            throw;
        }

        if (existing is null)
        {
            return null;
        }

        if (!request.DiscardPrevious)
        {
            return previous;
        }

        await recorder.StepAsync("Drop the previous database", async () =>
        {
            await target.DropAsync(previous, cancellationToken).ConfigureAwait(false);
            return previous;
        }).ConfigureAwait(false);
        return null;
    }

    private async Task SweepAsync(string database, CancellationToken cancellationToken)
    {
        var marked = await target.FindMarkedAsync(database, cancellationToken).ConfigureAwait(false);
        foreach (var leftover in marked.Where(found => found.Mark?.State == DatabaseMark.Restoring))
        {
            await target.DropAsync(leftover.Name, cancellationToken).ConfigureAwait(false);
            observer.Warning($"Dropped {leftover.Name}, which a restore that died had left.");
        }
    }

    private async Task DropQuietlyAsync(string beside)
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            await target.DropAsync(beside, limit.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is LettaDrException or OperationCanceledException)
        {
            observer.Warning($"The unfinished database {beside} could not be dropped; the next restore drops it. {failure.Message}");
        }
    }
}
