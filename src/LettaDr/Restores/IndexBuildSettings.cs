using System.Globalization;

namespace LettaDr;

/// <summary>How much memory and how many workers index builds may take on a server, so that none of them fails or is killed.</summary>
/// <param name="MaintenanceWorkMemory">maintenance_work_mem of each build, in bytes.</param>
/// <param name="ParallelWorkers">max_parallel_maintenance_workers of each build.</param>
internal sealed record IndexBuildSettings(long MaintenanceWorkMemory, int ParallelWorkers)
{
    private const long Smallest = 64L << 20;
    private const long Largest = 2L << 30;

    /// <summary>
    /// A quarter of the memory is shared by the builds. A parallel build of a vector index keeps its graph in dynamic shared
    /// memory (/dev/shm), 64 MB in a container by default: where that is less than the graph may take, such builds run without workers.
    /// </summary>
    public static IndexBuildSettings For(DatabaseInventory inventory, TargetProfile target, int jobs)
    {
        var memory = Math.Clamp((target.MemoryBytes ?? (2L << 30)) / 4 / jobs, Smallest, Largest);
        var workers = Math.Max(0, (Environment.ProcessorCount / jobs) - 1);
        var buildsVectorIndex = inventory.Objects.Any(item => item.Kind == "index"
            && (item.Definition.Contains("USING hnsw", StringComparison.Ordinal)
                || item.Definition.Contains("USING ivfflat", StringComparison.Ordinal)));
        if (!buildsVectorIndex || workers == 0)
        {
            return new IndexBuildSettings(memory, workers);
        }

        var shared = (target.SharedMemoryBytes ?? Smallest) * 3 / 4 / jobs;
        return shared >= memory ? new IndexBuildSettings(memory, workers) : new IndexBuildSettings(memory, 0);
    }

    /// <summary>As libpq's PGOPTIONS gives them to a session.</summary>
    public string Options => string.Create(
        CultureInfo.InvariantCulture,
        $"-c maintenance_work_mem={MaintenanceWorkMemory / 1024}kB -c max_parallel_maintenance_workers={ParallelWorkers} -c synchronous_commit=off");
}
