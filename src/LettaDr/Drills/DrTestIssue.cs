namespace LettaDr;

/// <summary>Something that went otherwise than it should in a recovery test, and what was done about it.</summary>
/// <param name="Issue">What.</param>
/// <param name="Resolution">What was done; null when it is open.</param>
public sealed record DrTestIssue(string Issue, string? Resolution);
