namespace LettaDr.Help;

/// <summary>A piece of prose in plain text.</summary>
/// <param name="Kind">How it may be laid out.</param>
/// <param name="Text">The text.</param>
/// <param name="Marker">What stands before an item, with its space, e.g. <c>"- "</c> or <c>"2. "</c>.</param>
/// <param name="Indent">Columns by which the marker is moved in.</param>
internal sealed record ProseBlock(ProseKind Kind, string Text, string Marker = "", int Indent = 0);
