namespace LettaDr;

/// <summary>Tells in words what a restore would do and what would be lost by it.</summary>
internal static class RestoreDescription
{
    /// <summary>The plan, a line a step, for -WhatIf.</summary>
    public static string Plan(RestoreRequest request, DatabaseInventory inventory, TargetProfile target)
    {
        var build = IndexBuildSettings.For(inventory, target, request.Jobs);
        var streamed = inventory.Tables.Where(table => table.Route == TableRoute.BinaryCopy).ToList();
        var live = target.Existing;
        List<string> lines =
        [
            $"Restore {request.Backup.Id} ({request.Backup.SnapshotTime:u}, {inventory.Tables.Count} tables, {request.Backup.Rows} rows, {ByteSize.Format(inventory.Database.Bytes)}) as {request.TargetDatabase} on {target.Server}:",
            $"  1. create a database beside it{(request.Owner is null ? string.Empty : $", owned by {request.Owner}")}, with schemas, types and tables from pg_dump's archive",
            $"  2. load the rows of {streamed.Count} heavy tables over {request.Jobs} connections, the others by pg_restore",
            $"  3. build {inventory.Objects.Count(item => item.Kind == "index")} indexes and the constraints ({request.Jobs} jobs, maintenance_work_mem {ByteSize.Format(build.MaintenanceWorkMemory)} each)",
            $"  4. apply {inventory.Settings.Count} settings (search_path among them, if set)",
            $"  5. compare the fingerprint of every table and {inventory.Objects.Count} schema objects, collecting statistics; a difference ends it here",
            live is null
                ? $"  6. rename it to {request.TargetDatabase}, which does not exist now"
                : $"  6. rename {request.TargetDatabase} aside and the restored one to {request.TargetDatabase}, in one transaction{(live.Sessions.Count > 0 ? $", ending {live.Sessions.Count} session(s)" : string.Empty)}",
        ];
        if (live is not null)
        {
            lines.Add(request.DiscardPrevious
                ? "  7. drop the database that was live"
                : "  7. keep the database that was live, for Undo-LettaRestore");
        }

        return string.Join(Environment.NewLine, lines);
    }

    /// <summary>What -Confirm asks: it states the loss.</summary>
    public static string Question(RestoreRequest request, TargetProfile target)
    {
        var age = DateTimeOffset.UtcNow - request.Backup.SnapshotTime;
        var loss = target.Existing is null
            ? $"There is no database {request.TargetDatabase} now; everything after {request.Backup.SnapshotTime:u} ({Words(age)} ago) is not in the set."
            : $"The live database {request.TargetDatabase} is replaced by its state of {request.Backup.SnapshotTime:u}: what was written in the {Words(age)} since is no longer live"
                + (request.DiscardPrevious ? ", and is dropped." : ", but is kept aside.");
        return $"{loss} Restore {request.Backup.Id}?";
    }

    private static string Words(TimeSpan age) => age switch
    {
        { TotalDays: >= 2 } => $"{age.TotalDays:0} days",
        { TotalHours: >= 2 } => $"{age.TotalHours:0} hours",
        { TotalMinutes: >= 2 } => $"{age.TotalMinutes:0} minutes",
        _ => $"{Math.Max(0, age.TotalSeconds):0} seconds",
    };
}
