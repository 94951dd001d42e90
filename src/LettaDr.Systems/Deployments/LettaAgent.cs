namespace LettaDr.Systems;

/// <summary>An agent as Letta's REST API tells it.</summary>
/// <param name="Id">Its identifier, e.g. <c>agent-…</c>.</param>
/// <param name="Name">Its name; null when the server tells none.</param>
internal sealed record LettaAgent(string Id, string? Name);
