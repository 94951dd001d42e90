namespace LettaDr;

/// <summary>Puts the database back that a restore had set aside.</summary>
internal sealed class RestoreUndoing(IDatabaseTarget target, IOperationObserver observer, IJournalStore localJournals)
{
    /// <summary>The database that the newest restore of <paramref name="database"/> set aside.</summary>
    /// <exception cref="LettaDrException">There is none.</exception>
    public async Task<TargetDatabase> FindAsync(string database, CancellationToken cancellationToken)
    {
        var marked = await target.FindMarkedAsync(database, cancellationToken).ConfigureAwait(false);
        return marked.Where(found => found.Mark!.State == DatabaseMark.Previous).MaxBy(found => found.Mark!.At)
            ?? throw new LettaDrException(
                "NothingToUndo", FaultKind.NotFound,
                $"The server keeps no database that a restore of {database} set aside.",
                "It was dropped, or no restore has replaced this database; restore an earlier set instead.", database);
    }

    /// <summary>Swaps it back.</summary>
    public async Task<UndoResult> RunAsync(
        LettaDeployment deployment, string database, bool disconnectSessions, string operationId, CancellationToken cancellationToken)
    {
        await using var guard = await target.LockAsync(database, cancellationToken).ConfigureAwait(false);
        var previous = await FindAsync(database, cancellationToken).ConfigureAwait(false);
        var mark = previous.Mark!;
        var live = (await target.InspectAsync(database, cancellationToken).ConfigureAwait(false)).Existing;
        RestorePreflight.CheckSessions(live, disconnectSessions);
        var recorder = new OperationRecorder(operationId, "UndoRestore", deployment.Name, mark.BackupId, observer, localJournals);
        return await recorder.RunAsync(async () =>
        {
            var aside = DatabaseMark.NameBeside(database, DatabaseMark.Undone, operationId);
            await recorder.StepAsync("Swap back", async () =>
            {
                await target.SwapAsync(
                    new DatabaseSwap(
                        database, live is not null, aside,
                        new DatabaseMark(DatabaseMark.Undone, database, mark.BackupId, DateTimeOffset.UtcNow, live?.Comment),
                        previous.Name, mark.Comment, disconnectSessions),
                    cancellationToken).ConfigureAwait(false);
                return $"{previous.Name} is {database} again";
            }).ConfigureAwait(false);
            return new UndoResult { Database = database, BackupId = mark.BackupId, RestoredAt = mark.At, UndoneDatabase = aside };
        }).ConfigureAwait(false);
    }
}
