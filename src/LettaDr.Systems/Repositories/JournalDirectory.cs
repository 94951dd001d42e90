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

    public IReadOnlyList<OperationJournal> Find(string kind, string? deployment) => Directory.Exists(path)
        ? [.. Directory.EnumerateFiles(path, $"*-{kind}.json").Select(Read).OfType<OperationJournal>()
            .Where(journal => deployment is null || journal.Deployment == deployment)]
        : [];

    private static OperationJournal? Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), LettaDrJson.Default.OperationJournal);
        }
        catch (Exception damaged) when (damaged is JsonException or IOException or UnauthorizedAccessException)
        {
            // A journal that cannot be read tells nothing, and must not keep a restore from being made.
            return null;
        }
    }
}
