namespace LettaDr;

/// <summary>The recovery tests of the guide.</summary>
public enum DrTestScenario
{
    /// <summary>Everything is lost and restored from a set.</summary>
    FullRestore,

    /// <summary>The primary database is killed, its standby promoted, and the former primary follows.</summary>
    DatabaseFailover,

    /// <summary>Each component is killed and comes back.</summary>
    ComponentFailure,

    /// <summary>Components cannot reach each other for a while.</summary>
    NetworkPartition,

    /// <summary>Data is damaged, found and repaired.</summary>
    DataCorruption,
}
