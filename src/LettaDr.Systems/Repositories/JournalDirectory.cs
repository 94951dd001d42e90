using System.Text.Json;

namespace LettaDr.Systems;

/// <summary>Journals as files, one an operation.</summary>
internal sealed class JournalDirectory(string path) : IJournalStore
{
    /// <summary>The folder of this user's own journals, which a lost repository does not take along.</summary>
    public static JournalDirectory Local { get; } = new(LocalState.Folder("operations"));

    public void Save(OperationJournal journal)
    {
        DurableFiles.CreateDirectory(path);
        DurableFiles.WriteAtomically(
            Path.Combine(path, journal.Id + "-" + journal.Kind + ".json"),
            JsonSerializer.SerializeToUtf8Bytes(journal, LettaDrJson.Default.OperationJournal));
    }
}
