namespace LettaDr;

/// <summary>A file that a scheduler reads.</summary>
/// <param name="Path">Where it belongs.</param>
/// <param name="Content">What is in it; no secret.</param>
public sealed record DrScheduleFile(string Path, string Content);
