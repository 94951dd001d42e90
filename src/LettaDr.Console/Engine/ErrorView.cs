using System.Management.Automation;
using System.Text;

namespace LettaDr.Console;

/// <summary>Errors as the console shows them: who failed and why, where in a script, and what to do about it.</summary>
public static class ErrorView
{
    /// <summary>Whether the text is coloured; set once, from where standard error goes.</summary>
    internal static bool UseColours { get; set; }

    /// <summary>
    /// The text of an error: <c>Command: message</c>, then the recommended action on a line of its own when there is one
    /// and the message does not tell it, then the place when it lies in a script file or the text cannot be parsed.
    /// </summary>
    /// <param name="error">The error.</param>
    /// <returns>One or several lines, without a line feed at the end.</returns>
    public static string Text(ErrorRecord error)
    {
        ArgumentNullException.ThrowIfNull(error);
        string message = Message(error);
        var text = new StringBuilder(Styled(PSStyle.Instance.Formatting.Error, message));
        if (error.ErrorDetails?.RecommendedAction is { Length: > 0 } action
            && !message.Contains(action, StringComparison.Ordinal))
        {
            text.Append('\n').Append(Styled(PSStyle.Instance.Formatting.ErrorAccent, action));
        }

        if (Place(error) is { } place)
        {
            text.Append('\n').Append(Styled(PSStyle.Instance.Dim, place));
        }

        return text.ToString();
    }

    private static string Message(ErrorRecord error)
    {
        string message = error.ErrorDetails?.Message is { Length: > 0 } details ? details : error.Exception.Message;
        if (IsParseError(error))
        {
            // The engine's message shows the place, over several lines.
            return "ParserError:\n" + message;
        }

        string? who = error.Exception switch
        {
            CommandNotFoundException unknown => unknown.CommandName,
            _ => error.InvocationInfo?.MyCommand?.Name,
        };
        if (string.IsNullOrEmpty(who))
        {
            who = error.CategoryInfo.Activity is { Length: > 0 } activity ? activity : "Error";
        }

        return message.StartsWith(who + ":", StringComparison.OrdinalIgnoreCase) ? message : $"{who}: {message}";
    }

    private static string? Place(ErrorRecord error)
    {
        return error.InvocationInfo is not { } invocation || string.IsNullOrEmpty(invocation.ScriptName) || IsParseError(error)
            ? null
            : $"at {invocation.ScriptName}:{invocation.ScriptLineNumber}: {invocation.Line.Trim()}";
    }

    private static bool IsParseError(ErrorRecord error) =>
        error.Exception is ParseException || error.CategoryInfo.Category == ErrorCategory.ParserError;

    private static string Styled(string style, string text) => UseColours ? ConsoleColours.In(style, text) : text;
}
