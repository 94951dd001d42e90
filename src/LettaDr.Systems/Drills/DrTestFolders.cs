using System.Text.Json;

namespace LettaDr.Systems;

/// <summary>Results of recovery tests as files, one a test, in folders.</summary>
/// <param name="folderOf">The folder that a result belongs into.</param>
/// <param name="foldersOf">The folders that can hold results of a deployment, or of all; they need not exist.</param>
internal sealed class DrTestFolders(Func<DrTestResult, string> folderOf, Func<string?, IEnumerable<string>> foldersOf) : IDrTestStore
{
    /// <summary>This user's own results, which a lost repository does not take along.</summary>
    public static DrTestFolders Local => new(_ => LocalState.Folder("drills"), _ => [LocalState.Folder("drills")]);

    public void Save(DrTestResult result)
    {
        var folder = folderOf(result);
        DurableFiles.CreateDirectory(folder);
        DurableFiles.WriteAtomically(
            Path.Combine(folder, result.Id + ".json"), JsonSerializer.SerializeToUtf8Bytes(result, LettaDrJson.Default.DrTestResult));
    }

    public IReadOnlyList<DrTestResult> Find(string? deployment) =>
        [.. foldersOf(deployment).Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*.json"))
            .AsParallel().Select(Read).OfType<DrTestResult>()
            .Where(result => deployment is null || result.Deployment == deployment)];

    private static DrTestResult? Read(string file)
    {
        try
        {
            // A part that a file does not have comes back as null, whatever the record says.
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), LettaDrJson.Default.DrTestResult) is not { } result ? null : result with
            {
                Configuration = result.Configuration ?? new Dictionary<string, string>(), Steps = result.Steps ?? [],
                Measurements = result.Measurements ?? [], Issues = result.Issues ?? [], Recommendations = result.Recommendations ?? [],
            };
        }
        catch (Exception damaged) when (damaged is JsonException or IOException or UnauthorizedAccessException)
        {
            // A damaged file is one test less in history, and must not hide the others.
            return null;
        }
    }
}
