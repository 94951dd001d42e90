namespace LettaDr;

/// <summary>How long the recovery of a component took, against its objective.</summary>
/// <param name="Component">What was recovered: <c>Database</c>, <c>Server</c>, <c>Cache</c> or <c>System</c>.</param>
/// <param name="Objective">The recovery time objective (RTO).</param>
/// <param name="Actual">The time it took.</param>
public sealed record RecoveryTime(string Component, TimeSpan Objective, TimeSpan Actual)
{
    /// <summary>Whether it was quick enough.</summary>
    public bool IsMet => Actual <= Objective;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Component} {Actual:h\\:mm\\:ss} of {Objective:h\\:mm\\:ss}, {(IsMet ? "met" : "missed")}";
}
