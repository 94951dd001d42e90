namespace LettaDr;

/// <summary>What the database says of the rows that the cache names.</summary>
/// <param name="existing">Ids of those that it has.</param>
/// <param name="finished">Ids of those runs that are over.</param>
internal sealed class CacheSubjects(IReadOnlySet<string> existing, IReadOnlySet<string> finished)
{
    // A state that is not known here is taken for one in which the run may go on.
    private static readonly HashSet<string> Ends = new(["completed", "failed", "cancelled", "expired"], StringComparer.Ordinal);

    /// <summary>Whether a run in this state (<c>runs.status</c>) is over.</summary>
    public static bool IsEnd(string status) => Ends.Contains(status);

    /// <summary>Whether the database has the row.</summary>
    public bool Has(CacheSubject subject) => existing.Contains(subject.Id);

    /// <summary>Whether the run is over.</summary>
    public bool IsFinished(CacheSubject run) => finished.Contains(run.Id);
}
