namespace LettaDr;

/// <summary>What a restore of a cache is asked to do.</summary>
internal sealed record CacheRestoreRequest
{
    public required LettaDeployment Deployment { get; init; }

    public required Backup Backup { get; init; }

    /// <summary>Removes the files that Redis had, once it holds the set's keys.</summary>
    public bool DiscardPrevious { get; init; }

    /// <summary>Takes a set of another deployment for what it is.</summary>
    public bool AllowOtherDeployment { get; init; }

    /// <summary>Removes Letta's keys that contradict the database, given where Redis is then; null leaves them.</summary>
    public Func<CacheEndpoint, CancellationToken, Task<CacheClearing>>? Reconcile { get; init; }
}
