using System.Management.Automation;
using System.Text;

namespace LettaDr.Console;

/// <summary>Errors as the console shows them: who failed and why, where in a script, and what to do about it.</summary>
public static class ErrorView
{
    /// <summary>Whether the text is coloured; set once, from where standard error goes.</summary>
    internal static bool UseColours { get; set; }

    /// <summary>
    /// The text of an error: <c>Command: message</c>, then the recommended action on a line of its own when there is one,
    /// then the place when it lies in a script file or the text cannot be parsed.
    /// </summary>
    /// <param name="error">The error.</param>
    /// <returns>One or several lines, without a line feed at the end.</returns>
    public static string Text(ErrorRecord error)
    {
        ArgumentNullException.ThrowIfNull(error);
        var text = new StringBuilder(Styled(PSStyle.Instance.Formatting.Error, Message(error)));
        if (error.ErrorDetails?.RecommendedAction is { Length: > 0 } action)
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
        string? who = error.Exception is ParseException ? "ParserError" : error.InvocationInfo?.MyCommand?.Name;
        if (string.IsNullOrEmpty(who))
        {
            who = error.CategoryInfo.Activity is { Length: > 0 } activity ? activity : "Error";
        }

        return message.StartsWith(who + ":", StringComparison.OrdinalIgnoreCase) ? message : $"{who}: {message}";
    }

    private static string? Place(ErrorRecord error)
    {
        if (error.InvocationInfo is not { } invocation || error.Exception is ParseException)
        {
            // The engine's message of a parse error tells the place itself.
            return null;
        }

        return string.IsNullOrEmpty(invocation.ScriptName)
            ? null
            : $"at {invocation.ScriptName}:{invocation.ScriptLineNumber}: {invocation.Line.Trim()}";
    }

    private static string Styled(string style, string text) => UseColours ? ConsoleColours.In(style, text) : text;
}
