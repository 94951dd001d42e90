namespace LettaDr;

/// <summary>Where journals are kept.</summary>
internal interface IJournalStore
{
    /// <summary>Writes the journal as it stands, in place of what stood there before.</summary>
    void Save(OperationJournal journal);

    /// <summary>The journals of one kind of operation on one deployment or on all, in no particular order; what cannot be read is left out.</summary>
    IReadOnlyList<OperationJournal> Find(string kind, string? deployment);
}
