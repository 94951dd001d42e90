using System.Management.Automation.Language;

namespace LettaDr.Console;

/// <summary>Whether a text is a whole statement, or waits for more lines.</summary>
internal static class Completeness
{
    /// <summary>Whether the text only needs more lines to parse: an open brace, quote or here-string, a trailing pipe.</summary>
    public static bool IsIncomplete(string text)
    {
        // After a line feed the parser no longer calls a trailing pipe incomplete.
        Parser.ParseInput(text.TrimEnd('\n'), out _, out ParseError[] errors);
        return errors.Any(error => error.IncompleteInput);
    }
}
