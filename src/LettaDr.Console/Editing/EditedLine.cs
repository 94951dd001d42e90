namespace LettaDr.Console;

/// <summary>What came of editing a line.</summary>
/// <param name="Kind">How it ended.</param>
/// <param name="Text">The text; empty unless entered.</param>
internal readonly record struct EditedLine(EditedLineKind Kind, string Text);
