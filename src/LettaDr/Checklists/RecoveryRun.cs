namespace LettaDr;

/// <summary>One attempt to recover a component, as a journal tells it.</summary>
/// <param name="Component">The component.</param>
/// <param name="Journal">The journal.</param>
/// <param name="EndedAt">When the component was recovered, or the attempt failed; null when it was stopped or never ended, and says nothing.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Problem">Why it did not succeed; null when it did.</param>
internal sealed record RecoveryRun(
    RecoveryComponent Component, OperationJournal Journal, DateTimeOffset? EndedAt, TimeSpan Duration, string? Problem)
{
    /// <summary>What it was, for people.</summary>
    public string What => Journal.Kind switch
    {
        "RestoreTest" => $"the drill {Journal.Id}",
        SystemRestore.Kind => $"the system's restore {Journal.Id}",
        _ => $"the restore {Journal.Id}",
    };

    /// <summary>Where it was made, for people.</summary>
    public string Where => Journal.Kind == "RestoreTest" ? $"a throw-away server of {Journal.Machine}" : Journal.Machine;

    /// <summary>Whether its failure says something of a later state than a success does: a set that is older may fail for reasons of its own.</summary>
    public bool Outdates(RecoveryRun success) => Problem is not null && EndedAt > success.EndedAt
        && string.CompareOrdinal(Journal.BackupId, success.Journal.BackupId) >= 0;
}
