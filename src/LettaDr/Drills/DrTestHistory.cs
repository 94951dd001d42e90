namespace LettaDr;

/// <summary>The results of recovery tests that several stores keep, each once.</summary>
internal sealed class DrTestHistory(params IDrTestStore[] stores)
{
    /// <summary>The results of one deployment or of all, the newest first.</summary>
    public IReadOnlyList<DrTestResult> Read(string? deployment) =>
        [.. stores.SelectMany(store => store.Find(deployment))
            .GroupBy(result => result.Id, StringComparer.Ordinal)
            // A store that was full or away has missed what came later.
            .Select(same => same.MaxBy(result => (result.EndedAt is not null, result.Steps.Count))!)
            .OrderByDescending(result => result.StartedAt).ThenByDescending(result => result.Id, StringComparer.Ordinal)];
}
