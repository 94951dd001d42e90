namespace LettaDr;

/// <summary>One thing found out about a deployment, and where it was found.</summary>
/// <param name="Name">What the fact is about, e.g. <c>Database.Host</c>.</param>
/// <param name="Value">The value as text; never a secret (those read <c>********</c>).</param>
/// <param name="Source">Where it came from, e.g. <c>.env line 3</c> or <c>label com.docker.compose.project of letta-db-1</c>.</param>
public sealed record DiscoveredFact(string Name, string Value, string Source);
