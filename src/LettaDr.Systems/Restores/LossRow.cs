namespace LettaDr.Systems;

/// <summary>A row that was made or changed lately.</summary>
/// <param name="Created">When it was made, as it says itself.</param>
/// <param name="Updated">When it was changed, as it says itself.</param>
/// <param name="Agent">The agent that it is of; null where it tells none.</param>
internal sealed record LossRow(DateTimeOffset? Created, DateTimeOffset? Updated, string? Agent);
