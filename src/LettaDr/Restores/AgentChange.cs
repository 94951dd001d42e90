namespace LettaDr;

/// <summary>What happened to an agent after the moment that a cluster is recovered to.</summary>
public enum AgentChange
{
    /// <summary>It was created, and is not in what was recovered.</summary>
    Created,

    /// <summary>It was changed, and is recovered as it was before.</summary>
    Changed,

    /// <summary>It was deleted, and comes back.</summary>
    Deleted,
}
