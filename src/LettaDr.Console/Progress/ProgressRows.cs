using System.Management.Automation;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace LettaDr.Console;

/// <summary>Draws activities: a bar with percentage and time left, and below it what is being done.</summary>
internal static class ProgressRows
{
    private const int BarColumns = 30;

    private const int OtherColumns = BarColumns + 25;

    /// <summary>Draws them.</summary>
    /// <param name="tree">The activities.</param>
    /// <param name="width">Columns to use.</param>
    /// <param name="height">Rows to use at most.</param>
    /// <param name="colours">Whether colours may be used.</param>
    /// <returns>The rows, none wider than asked for.</returns>
    public static string[] Render(ProgressTree tree, int width, int height, bool colours)
    {
        if (tree.IsEmpty)
        {
            return [];
        }

        using var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = colours ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colours ? ColorSystemSupport.EightBit : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = System.Console.OutputEncoding.WebName == "utf-8";
        RenderOptions options = RenderOptions.Create(console, console.Profile.Capabilities);
        foreach ((ProgressNode node, int depth) in tree.Ordered())
        {
            WriteActivity(console, options, node.Record, new string(' ', 2 * depth));
        }

        string[] rows = text.ToString().TrimEnd('\n').Split('\n');
        return rows.Length <= height ? rows : rows[..height];
    }

    private static void WriteActivity(IAnsiConsole console, RenderOptions options, ProgressRecord record, string indent)
    {
        var grid = new Grid { Expand = false };
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        grid.AddColumn(new GridColumn { NoWrap = true, Width = BarColumns, Padding = new Padding(0, 0, 2, 0) });
        grid.AddColumn(new GridColumn { NoWrap = true, Width = 5, Alignment = Justify.Right, Padding = new Padding(0, 0, 2, 0) });
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0) });
        grid.AddRow(
            OneLine(indent + record.Activity, Style.Plain, console.Profile.Width - OtherColumns),
            Bar(record, options),
            new Text(record.PercentComplete >= 0 ? $"{record.PercentComplete} %" : string.Empty),
            new Text(record.SecondsRemaining >= 0 ? $"{TimeSpan.FromSeconds(record.SecondsRemaining):c} left" : string.Empty));
        console.Write(grid);

        string?[] texts = [record.StatusDescription, record.CurrentOperation];
        string doing = string.Join("; ", texts.Where(text => !string.IsNullOrWhiteSpace(text)));
        if (doing.Length > 0)
        {
            console.Write(OneLine($"{indent}  {doing}", new Style(decoration: Decoration.Dim), console.Profile.Width));
            console.WriteLine();
        }
    }

    private static IRenderable Bar(ProgressRecord record, RenderOptions options)
    {
        if (record.PercentComplete < 0)
        {
            return Text.Empty;
        }

        var task = new ProgressTask(0, "bar", 100) { Value = record.PercentComplete };
        return new ProgressBarColumn { Width = BarColumns }.Render(options, task, TimeSpan.Zero);
    }

    private static Text OneLine(string text, Style style, int columns) =>
        new(ScreenLayout.Fit(text.Replace('\r', ' ').Replace('\n', ' '), Math.Max(columns, 10)), style);
}
