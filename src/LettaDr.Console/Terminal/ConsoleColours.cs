using System.Management.Automation;
using System.Management.Automation.Internal;

namespace LettaDr.Console;

/// <summary>Text in the colours of the engine's own styles (<c>$PSStyle</c>), which users may have changed.</summary>
internal static class ConsoleColours
{
    /// <summary>Text between a style's escape sequence and the reset.</summary>
    public static string In(string style, string text) => style + text + PSStyle.Instance.Reset;

    /// <summary>Text without escape sequences.</summary>
    public static string Without(string text) => new StringDecorated(text).ToString(OutputRendering.PlainText);

    /// <summary>Text in the console's sixteen colours; null leaves a colour as it is.</summary>
    public static string In(ConsoleColor? foreground, ConsoleColor? background, string text)
    {
        string style = (foreground is { } fore ? PSStyle.MapForegroundColorToEscapeSequence(fore) : string.Empty)
            + (background is { } back ? PSStyle.MapBackgroundColorToEscapeSequence(back) : string.Empty);
        return style.Length == 0 ? text : In(style, text);
    }
}
