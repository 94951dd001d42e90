namespace LettaDr;

/// <summary>What a recovery objective is about.</summary>
public enum RecoveryComponent
{
    /// <summary>The PostgreSQL database.</summary>
    Database,

    /// <summary>The Letta server.</summary>
    Server,

    /// <summary>Redis, as a service that is there.</summary>
    Cache,

    /// <summary>Redis, as the queue of what is on its way.</summary>
    MessageQueue,

    /// <summary>Compose files, environment files and what else the deployment is configured by.</summary>
    Configuration,

    /// <summary>All of it together.</summary>
    System,
}
