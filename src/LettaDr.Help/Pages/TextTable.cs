using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace LettaDr.Help;

/// <summary>Sets a Markdown table in columns of plain text, the way PowerShell shows its tables.</summary>
internal static class TextTable
{
    /// <summary>The table's lines; two columns of space between cells, a rule under the head.</summary>
    public static string From(Table table)
    {
        var rows = table.Cast<TableRow>()
            .Select(row => row.Cast<TableCell>().Select(CellText).ToList())
            .ToList();
        var widths = Enumerable.Range(0, rows.Max(row => row.Count))
            .Select(column => rows.Max(row => column < row.Count ? row[column].Length : 0))
            .ToList();
        rows.Insert(1, [.. widths.Select(width => new string('-', width))]);
        return string.Join('\n', rows.Select(row =>
            string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()));
    }

    private static string CellText(TableCell cell) =>
        string.Join(' ', cell.OfType<ParagraphBlock>().Select(paragraph => InlineText.From(paragraph.Inline)));
}
