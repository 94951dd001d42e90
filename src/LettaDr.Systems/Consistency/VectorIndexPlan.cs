using System.Globalization;

namespace LettaDr.Systems;

/// <summary>What a repair of vector indexes would do.</summary>
internal sealed record VectorIndexPlan
{
    /// <summary>Every vector index of the database that was asked for.</summary>
    public IReadOnlyList<RepairableIndex> Indexes { get; init; } = [];

    /// <summary>Leftovers of rebuilds that broke off.</summary>
    public IReadOnlyList<RepairableIndex> Leftovers { get; init; } = [];

    /// <summary>Those to be built anew, each with its settings.</summary>
    public IReadOnlyList<(RepairableIndex Index, IndexBuildSettings Settings)> Rebuilds { get; init; } = [];

    /// <summary>Whether anything is to be changed.</summary>
    public bool IsEmpty => Leftovers.Count == 0 && Rebuilds.Count == 0;

    /// <summary>The whole plan in one sentence.</summary>
    public string Describe(DatabaseEndpoint database)
    {
        var steps = Leftovers.Select(index => $"drop {index.Name}, which a rebuild of {index.LeftoverOf} has left behind")
            .Concat(Rebuilds.Select(rebuild => string.Create(
                CultureInfo.InvariantCulture,
                $"rebuild {rebuild.Index.Name} ({rebuild.Index.Method}, {ByteSize.Format(rebuild.Index.Bytes)}, {rebuild.Index.Condition}) concurrently with {ByteSize.Format(rebuild.Settings.MaintenanceWorkMemory)} and {rebuild.Settings.ParallelWorkers} parallel worker(s)")));
        return $"In {database.Database} at {database.Host}:{database.Port}: {string.Join("; ", steps)}";
    }
}
