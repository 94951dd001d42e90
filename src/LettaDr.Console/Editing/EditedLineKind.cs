namespace LettaDr.Console;

/// <summary>How the editing of a line ended.</summary>
internal enum EditedLineKind
{
    /// <summary>By Enter.</summary>
    Entered,

    /// <summary>By Ctrl+C, or because the command that asked was stopped.</summary>
    Cancelled,

    /// <summary>By Ctrl+D on an empty line.</summary>
    EndOfInput,
}
