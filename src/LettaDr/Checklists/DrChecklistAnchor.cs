namespace LettaDr;

/// <summary>How far somebody has seen a checklist's record: kept elsewhere, so that a record cut short or written anew is found too.</summary>
/// <param name="Count">Entries seen.</param>
/// <param name="Digest">The digest that covers them.</param>
internal sealed record DrChecklistAnchor(int Count, string Digest);
