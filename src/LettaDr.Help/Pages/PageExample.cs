namespace LettaDr.Help;

/// <summary>An example.</summary>
/// <param name="Title">Its whole heading, e.g. <c>Example 1: Back up a database</c>.</param>
/// <param name="Line">Line of the heading, from 1.</param>
/// <param name="Parts">Prose and fenced blocks, in their order.</param>
internal sealed record PageExample(string Title, int Line, IReadOnlyList<ExamplePart> Parts);
