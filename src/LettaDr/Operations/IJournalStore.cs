namespace LettaDr;

/// <summary>Where journals are kept.</summary>
internal interface IJournalStore
{
    /// <summary>Writes the journal as it stands, in place of what stood there before.</summary>
    void Save(OperationJournal journal);
}
