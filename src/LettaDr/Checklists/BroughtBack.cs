namespace LettaDr;

/// <summary>What a runbook brought back.</summary>
/// <param name="Services">The services in the order in which they were brought up and were ready.</param>
/// <param name="Checks">The real queries to every member.</param>
/// <param name="Agents">Letta's agents against the database's; null when there is no Letta server.</param>
public sealed record BroughtBack(IReadOnlyList<string> Services, IReadOnlyList<CheckResult> Checks, AgentComparison? Agents);
