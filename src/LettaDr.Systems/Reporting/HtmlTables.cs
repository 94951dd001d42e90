namespace LettaDr.Systems;

/// <summary>Tables of a report. Long ones show their first rows and say how many are left; the JSON form has them all.</summary>
internal sealed class HtmlTables(HtmlWriter html)
{
    public void Write(ReportSection section)
    {
        Begin(section.Columns, section.Title, section.Rows.Count);
        foreach (var row in section.Shown)
        {
            Row(section.Columns, row.Cells);
        }

        End();
        if (section.Left is { } left)
        {
            html.Write($"<p class=\"left\">{left}</p>\n");
        }
    }

    public void Write(IReadOnlyList<ReportColumn> columns, IReadOnlyList<IReadOnlyList<object?>> rows, string caption)
    {
        Begin(columns, caption, rows.Count);
        foreach (var row in rows)
        {
            Row(columns, row);
        }

        End();
    }

    public void WriteEvidence(DrReport report)
    {
        ReportColumn[] columns = ["Record", "Type", "SHA-256", "Rests on"];
        Begin(columns, "Evidence", report.Records);
        foreach (var row in report.Sections.SelectMany(section => section.Shown))
        {
            html.Write($"<tr><td data-label=\"Record\">{row.Name}</td><td data-label=\"Type\">{row.Type}</td><td data-label=\"SHA-256\"><code>{row.Sha256}</code></td><td data-label=\"Rests on\">");
            foreach (var source in row.RestsOn)
            {
                html.Write($"{source.Name} <code>{source.Sha256}</code> ");
            }

            html.Markup("</td></tr>\n");
        }

        End();
        if (report.EvidenceLeft is { } left)
        {
            html.Write($"<p class=\"left\">{left}</p>\n");
        }
    }

    private void Begin(IReadOnlyList<ReportColumn> columns, string caption, int rows)
    {
        // Short tables stay on one printed page.
        html.Write($"<div class=\"scroll{(rows > 12 ? string.Empty : " small")}\"><table>\n<caption>{caption}</caption>\n<thead><tr>");
        foreach (var column in columns)
        {
            html.Markup(column.IsNumber ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">");
            html.Write($"{column.Title}</th>");
        }

        html.Markup("</tr></thead>\n<tbody>\n");
    }

    private void Row(IReadOnlyList<ReportColumn> columns, IReadOnlyList<object?> cells)
    {
        html.Markup("<tr>");
        for (var i = 0; i < cells.Count; i++)
        {
            var text = ReportText.Of(cells[i]);
            html.Markup(columns[i].IsNumber ? "<td class=\"number" : "<td class=\"text");
            html.Write($"{(text.Length == 0 ? " empty" : cells[i] is DateTimeOffset ? " time" : IsLong(text) ? " long" : string.Empty)}\" data-label=\"{columns[i].Title}\">");
            if (cells[i] is Outcome outcome)
            {
                HtmlOutcome.Write(html, outcome);
            }
            else
            {
                html.Text(text);
            }

            html.Markup("</td>");
        }

        html.Markup("</tr>\n");
    }

    // Paths and identifiers may be broken anywhere; words are not.
    private static bool IsLong(string text) => text.Split([' ', '\n', '-', '/']).Any(word => word.Length > 26) || text.Split(' ').Any(word => word.Length > 40);

    private void End() => html.Markup("</tbody>\n</table></div>\n");
}
