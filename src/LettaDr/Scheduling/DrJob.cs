namespace LettaDr;

/// <summary>What is done again and again for a plan.</summary>
public enum DrJob
{
    /// <summary>A set of the whole system is made.</summary>
    Backup,

    /// <summary>Sets that the plan does not keep are removed.</summary>
    Retention,

    /// <summary>The newest set is proven by a restore, as often as the plan's drills say.</summary>
    Validation,

    /// <summary>Everything is lost and restored in a sandbox, as often as the plan's drills say.</summary>
    FullRestore,

    /// <summary>The database fails over in a sandbox, as often as the plan's drills say.</summary>
    DatabaseFailover,

    /// <summary>Components are killed in a sandbox, as often as the plan's drills say.</summary>
    ComponentFailure,

    /// <summary>The network is parted in a sandbox, as often as the plan's drills say.</summary>
    NetworkPartition,

    /// <summary>Data is damaged in a sandbox, as often as the plan's drills say.</summary>
    DataCorruption,

    /// <summary>The readiness for a disaster is checked.</summary>
    Readiness,
}
