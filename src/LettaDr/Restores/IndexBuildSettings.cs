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
        var buildsVectorIndex = inventory.Objects.Any(item => item.Kind == "index"
            && (item.Definition.Contains("USING hnsw", StringComparison.Ordinal)
                || item.Definition.Contains("USING ivfflat", StringComparison.Ordinal)));
        var memory = Math.Clamp((target.MemoryBytes ?? (2L << 30)) / 4 / jobs, Smallest, Largest);
        return For(memory, target.SharedMemoryBytes, jobs, buildsVectorIndex);
    }

    /// <summary>
    /// For one vector index of a table, built on a server that is in use: no more memory than twice the table, which its graph
    /// does not exceed, and so perhaps with workers where more would not fit into /dev/shm.
    /// </summary>
    /// <param name="memoryBytes">Memory of the server's container or machine; null when nobody can say.</param>
    /// <param name="sharedMemoryBytes">Size of its /dev/shm; null when nobody can say.</param>
    /// <param name="tableBytes">Size of the table with its vectors.</param>
    public static IndexBuildSettings ForVectorIndex(long? memoryBytes, long? sharedMemoryBytes, long tableBytes)
    {
        var most = Math.Clamp((memoryBytes ?? (2L << 30)) / 4, Smallest, Largest);
        return For(Math.Clamp(tableBytes * 2, Smallest, most), sharedMemoryBytes, jobs: 1, buildsVectorIndex: true);
    }

    private static IndexBuildSettings For(long memory, long? sharedMemoryBytes, int jobs, bool buildsVectorIndex)
    {
        var workers = Math.Max(0, (Environment.ProcessorCount / jobs) - 1);
        var shared = (sharedMemoryBytes ?? Smallest) * 3 / 4 / jobs;
        return new IndexBuildSettings(memory, buildsVectorIndex && shared < memory ? 0 : workers);
    }

    /// <summary>As libpq's PGOPTIONS gives them to a session.</summary>
    public string Options => string.Create(
        CultureInfo.InvariantCulture,
        $"-c maintenance_work_mem={MaintenanceWorkMemory / 1024}kB -c max_parallel_maintenance_workers={ParallelWorkers} -c synchronous_commit=off");
}
