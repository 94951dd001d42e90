using Spectre.Console;

namespace LettaDr.Console;

/// <summary>The matches of a completion, laid out in columns.</summary>
internal static class CompletionList
{
    private const int MostShown = 100;

    /// <summary>Lays the names out for a terminal of some width.</summary>
    public static string Render(IReadOnlyCollection<string> names, int width)
    {
        using var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = width;
        console.Write(new Columns(names.Take(MostShown).Select(name => new Text(name))) { Expand = false });
        if (names.Count > MostShown)
        {
            text.WriteLine($"... and {names.Count - MostShown} more");
        }

        return text.ToString();
    }
}
