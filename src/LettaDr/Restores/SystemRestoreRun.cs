namespace LettaDr;

/// <summary>One run of a plan: what its steps need from each other and what they found.</summary>
internal sealed class SystemRestoreRun(RestorePlan plan, string operationId, IOperationObserver observer)
{
    public RestorePlan Plan => plan;

    /// <summary>Identifies the operation, and marks what it leaves on servers.</summary>
    public string OperationId => operationId;

    public IOperationObserver Observer => observer;

    public RestoreResult? Database { get; set; }

    public CacheClearing? ClearedKeys { get; set; }

    public AgentComparison? Agents { get; set; }

    public List<CheckResult> Checks { get; } = [];
}
