namespace LettaDr;

/// <summary>A step of a whole system's restore. The order of the members is the order of the steps.</summary>
public enum RestoreStepKind
{
    /// <summary>All files are there, and all but the rows have the digest of the manifest.</summary>
    VerifySet,

    /// <summary>Images that this machine lacks are loaded from the set, or pulled.</summary>
    LoadImages,

    /// <summary>Compose files, environment files and the like are put in their place.</summary>
    RestoreConfiguration,

    /// <summary>The Letta server is stopped, and new connections are refused.</summary>
    EnterMaintenance,

    /// <summary>Database and cache are brought up by Compose, and waited for until they are healthy.</summary>
    StartInfrastructure,

    /// <summary>The database is restored beside the live one, compared, and swapped in.</summary>
    RestoreDatabase,

    /// <summary>Redis's files are put in their place.</summary>
    RestoreCache,

    /// <summary>Letta's keys that no longer fit the restored database are deleted.</summary>
    ReconcileCache,

    /// <summary>The agents' memory repositories are put in their place.</summary>
    RestoreMemory,

    /// <summary>Maintenance ends, and all services are started in the order of their dependencies.</summary>
    StartServer,

    /// <summary>Every member answers, by a real query.</summary>
    TestConnectivity,

    /// <summary>The checks of <c>Test-LettaConsistency</c>.</summary>
    TestConsistency,

    /// <summary>The agents that Letta's REST API tells are the database's.</summary>
    CompareAgents,
}
