namespace LettaDr.Help;

/// <summary>A type that a cmdlet takes from the pipeline or writes to it.</summary>
/// <param name="Name">Full name of the type, or <c>None</c>.</param>
/// <param name="Description">What is done with it.</param>
/// <param name="Line">Line of the heading, from 1.</param>
internal sealed record PageType(string Name, IReadOnlyList<ProseBlock> Description, int Line);
