namespace LettaDr;

/// <summary>A physical set with those that it builds on.</summary>
/// <param name="Sets">The full one first, and the set itself last.</param>
/// <param name="Missing">Identifies the first one that is not there; null when the chain is whole.</param>
internal sealed record ClusterChain(IReadOnlyList<Backup> Sets, string? Missing)
{
    /// <summary>The chain of a set, looked for among others.</summary>
    public static ClusterChain Of(Backup backup, IEnumerable<Backup> others)
    {
        var byId = others.Where(other => other is { State: BackupState.Complete, Manifest.Cluster: not null }).ToDictionary(other => other.Id, StringComparer.Ordinal);
        var sets = new List<Backup> { backup };
        while (sets[0].Manifest?.Cluster?.ParentId is { } parent)
        {
            // A set that builds on itself is made by nobody; but a loop here would never end.
            if (!byId.TryGetValue(parent, out var found) || sets.Contains(found))
            {
                return new ClusterChain(sets, parent);
            }

            sets.Insert(0, found);
        }

        return new ClusterChain(sets, null);
    }
}
