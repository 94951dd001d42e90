using System.Globalization;
using System.Text;

namespace LettaDr.Systems;

/// <summary>Writes a report as Markdown with tables. What stands in a value is never markup.</summary>
internal sealed class MarkdownReport(DrReport report, TextWriter output)
{
    private const string Special = "\\`*_[]<>|~#";

    public static void Write(DrReport report, Stream output)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        new MarkdownReport(report, writer).Write();
    }

    /// <summary>A value as Markdown shows it literally, on one line.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '&' => escaped.Append("&amp;"),
                _ when char.IsControl(letter) => escaped.Append(' '),
                _ when Special.Contains(letter, StringComparison.Ordinal) => escaped.Append('\\').Append(letter),
                _ => escaped.Append(letter),
            };
        }

        return escaped.ToString();
    }

    private void Write()
    {
        var counts = report.Counts;
        output.WriteLine($"# {Escape(report.Title)}\n");
        output.WriteLine($"**{Sign(report.Verdict)}.** {Escape(report.Headline)}\n");
        Table(
            ["Passed", "Failed", "Not run", "Records"],
            [[counts.Passed, counts.Failed, counts.NotRun, report.Records]]);
        output.WriteLine($"Made {ReportText.Of(report.CreatedAt)} on {Escape(report.Machine)} by {Escape(report.Writer)}. All times are UTC.\n");
        if (report.Deployments.Count > 0)
        {
            output.WriteLine($"Deployments: {Escape(string.Join(", ", report.Deployments))}.\n");
        }

        output.WriteLine($"Digest of the evidence: `{report.Digest}`\n");
        foreach (var section in report.Sections)
        {
            Write(section);
        }

        WriteEvidence();
    }

    private void Write(ReportSection section)
    {
        output.WriteLine($"## {Escape(section.Title)}\n\n{Escape(section.Summary)}\n");
        foreach (var chart in section.Charts)
        {
            Write(chart);
        }

        Table(section.Columns, section.Shown.Select(row => row.Cells));
        if (section.Left is { } left)
        {
            output.WriteLine(Escape(left) + "\n");
        }

        foreach (var detail in section.Details)
        {
            output.WriteLine($"### {Escape(detail.Title)}: {ReportText.Of(detail.Outcome)}\n");
            foreach (var part in detail.Parts.Where(part => !part.IsEmpty))
            {
                Write(part);
            }
        }
    }

    private void Write(ReportPart part)
    {
        output.WriteLine($"#### {Escape(part.Title)}\n");
        foreach (var line in part.Lines)
        {
            output.WriteLine(Escape(line) + "\n");
        }

        if (part.Rows.Count > 0)
        {
            Table(part.Columns, part.Rows);
        }
    }

    // The figures of the charts that the tables below them do not have.
    private void Write(IReportChart chart)
    {
        if (chart is ObjectiveChart objectives)
        {
            output.WriteLine($"### {Escape(chart.Title)}\n");
            Table(["Objective", "Deployment", "Measured", "Foreseen"], objectives.Bars.Select(bar => (IReadOnlyList<object?>)[bar.Name, bar.Deployment, bar.Text, bar.ForeseenText]));
        }
        else if (chart is BackupTimeline timeline)
        {
            output.WriteLine($"### {Escape(chart.Title)}\n");
            Table(
                [$"{char.ToUpperInvariant(timeline.Unit[0])}{timeline.Unit[1..]} from", ReportColumn.Number("Proven"), ReportColumn.Number("Complete"), ReportColumn.Number("Unusable")],
                timeline.Periods.Reverse().Where(period => period.Total > 0)
                    .Select(period => (IReadOnlyList<object?>)[period.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), period.Proven, period.Unproven, period.Unusable]));
            output.WriteLine($"{Count.Of(timeline.Periods.Count(period => period.Total == 0), timeline.Unit)} without a set.\n");
        }
        else if (chart is StageChart stages)
        {
            output.WriteLine($"### {Escape(chart.Title)}\n");
            Table(
                ["Stage", ReportColumn.Number("Begun after"), ReportColumn.Number("Took"), "Outcome"],
                stages.Bars.Select(bar => (IReadOnlyList<object?>)[bar.Name, bar.Start, bar.Duration, ReportText.Of(bar.Outcome)]));
        }
    }

    private void WriteEvidence()
    {
        output.WriteLine("## Evidence\n");
        output.WriteLine("Each record has the SHA-256 of its canonical JSON, which the JSON form of this report holds. The digest in the heading is the SHA-256 over the sorted digests of all records, a line each.\n");
        Table(
            ["Record", "Type", "SHA-256"],
            report.Sections.SelectMany(section => section.Shown).Select(row => (IReadOnlyList<object?>)[row.Name, row.Type, row.Sha256]));
        if (report.EvidenceLeft is { } left)
        {
            output.WriteLine(Escape(left));
        }
    }

    private void Table(IReadOnlyList<ReportColumn> columns, IEnumerable<IReadOnlyList<object?>> rows)
    {
        output.WriteLine("| " + string.Join(" | ", columns.Select(column => Escape(column.Title))) + " |");
        output.WriteLine("| " + string.Join(" | ", columns.Select(column => column.IsNumber ? "---:" : "---")) + " |");
        foreach (var row in rows)
        {
            output.WriteLine("| " + string.Join(" | ", row.Select(cell => cell is Outcome outcome ? Sign(outcome) : Escape(ReportText.Of(cell)))) + " |");
        }

        output.WriteLine();
    }

    private static string Sign(Outcome outcome) => outcome switch { Outcome.Passed => "✓ ", Outcome.Failed => "✕ ", _ => "– " } + ReportText.Of(outcome);
}
