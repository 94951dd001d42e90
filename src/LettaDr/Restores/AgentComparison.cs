namespace LettaDr;

/// <summary>The agents that Letta's REST API tells, against those that the database holds.</summary>
/// <param name="Agents">Agents that both have.</param>
/// <param name="Missing">Ids that only the database has.</param>
/// <param name="Surplus">Ids that only the API tells.</param>
public sealed record AgentComparison(int Agents, IReadOnlyList<string> Missing, IReadOnlyList<string> Surplus)
{
    /// <summary>Whether both say the same.</summary>
    public bool IsEqual => Missing.Count + Surplus.Count == 0;

    /// <inheritdoc/>
    public override string ToString() => IsEqual
        ? $"{Agents} agents, the same in Letta's API and the database"
        : $"{Agents} agents in both, {Missing.Count} that the API does not tell, {Surplus.Count} that the database does not hold";
}
