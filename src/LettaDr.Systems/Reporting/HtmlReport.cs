using System.Text;

namespace LettaDr.Systems;

/// <summary>Writes a report as one HTML file: style and charts in it, no script, nothing from elsewhere.</summary>
internal sealed class HtmlReport
{
    private readonly DrReport _report;
    private readonly HtmlWriter _html;
    private readonly HtmlCharts _charts;
    private readonly HtmlTables _tables;

    private HtmlReport(DrReport report, TextWriter output)
    {
        (_report, _html) = (report, new HtmlWriter(output));
        (_charts, _tables) = (new HtmlCharts(_html), new HtmlTables(_html));
    }

    public static void Write(DrReport report, Stream output)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        new HtmlReport(report, writer).Write();
    }

    private void Write()
    {
        _html.Write($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="generator" content="{_report.Writer}">
            <title>{_report.Title}</title>
            <style>

            """);
        _html.Markup(EmbeddedSql.Read("Reporting/report.css"));
        _html.Markup("</style>\n</head>\n<body>\n");
        _html.Markup(HtmlCharts.Patterns);
        _html.Markup("<main>\n");
        WriteHeader();
        foreach (var section in _report.Sections)
        {
            WriteSection(section);
        }

        WriteEvidence();
        _html.Write($"""
            <footer><p>Made {ReportText.Of(_report.CreatedAt)} on {_report.Machine} by {_report.Writer}. All times are UTC.</p></footer>
            </main>
            </body>
            </html>

            """);
    }

    private void WriteHeader()
    {
        var counts = _report.Counts;
        _html.Write($"<header>\n<p class=\"kicker\">Disaster recovery report</p>\n<h1>{_report.Title}</h1>\n");
        _html.Write($"<div class=\"verdict {HtmlOutcome.ClassOf(_report.Verdict)}\">");
        HtmlOutcome.Write(_html, _report.Verdict);
        _html.Write($"<p>{_report.Headline}</p></div>\n<dl class=\"tiles\">\n");
        Tile("Passed", counts.Passed, Outcome.Passed);
        Tile("Failed", counts.Failed, Outcome.Failed);
        Tile("Not run", counts.NotRun, Outcome.NotRun);
        _html.Write($"<div><dt>Records</dt><dd>{Count.Number(_report.Records)}</dd></div>\n</dl>\n");
        _charts.Proportions(counts);
        _html.Write($"""
            <dl class="facts">
            <div><dt>Made</dt><dd>{ReportText.Of(_report.CreatedAt)}</dd></div>
            <div><dt>On</dt><dd>{_report.Machine}</dd></div>
            <div><dt>By</dt><dd>{_report.Writer}</dd></div>
            <div><dt>Deployments</dt><dd>{Deployments()}</dd></div>
            <div class="wide"><dt>Digest of the evidence</dt><dd><code>{_report.Digest}</code></dd></div>
            </dl>
            <nav aria-label="Contents"><ul>

            """);
        foreach (var section in _report.Sections)
        {
            _html.Write($"<li><a href=\"#{section.Key}\">{section.Title}</a> <span class=\"count\">{Count.Number(section.Rows.Count)}</span></li>\n");
        }

        _html.Markup("<li><a href=\"#evidence\">Evidence</a></li>\n</ul></nav>\n</header>\n");
    }

    private string Deployments() => _report.Deployments.Count switch
    {
        0 => "none named",
        <= 8 => string.Join(", ", _report.Deployments),
        var number => string.Join(", ", _report.Deployments.Take(8)) + $" and {number - 8} more",
    };

    private void Tile(string title, int number, Outcome outcome)
    {
        _html.Write($"<div class=\"{(number > 0 ? HtmlOutcome.ClassOf(outcome) : "none")}\"><dt>{title}</dt><dd>{Count.Number(number)}</dd></div>\n");
    }

    private void WriteSection(ReportSection section)
    {
        _html.Write($"<section id=\"{section.Key}\" aria-labelledby=\"{section.Key}-title\">\n<h2 id=\"{section.Key}-title\">{section.Title}</h2>\n<p class=\"summary\">{section.Summary}</p>\n");
        foreach (var chart in section.Charts)
        {
            _charts.Write(chart, 3);
        }

        _tables.Write(section);
        foreach (var detail in section.Details)
        {
            WriteDetail(detail);
        }

        _html.Markup("</section>\n");
    }

    private void WriteDetail(ReportDetail detail)
    {
        _html.Write($"<article class=\"detail\">\n<h3>{detail.Title} ");
        HtmlOutcome.Write(_html, detail.Outcome);
        _html.Markup("</h3>\n");
        foreach (var part in detail.Parts.Where(part => !part.IsEmpty))
        {
            _html.Write($"<h4>{part.Title}</h4>\n");
            foreach (var line in part.Lines)
            {
                _html.Write($"<p>{line}</p>\n");
            }

            if (part.Rows.Count > 0)
            {
                _tables.Write(part.Columns, part.Rows, $"{part.Title}: {detail.Title}");
            }

            if (part.Stages is { } stages)
            {
                _charts.Write(stages, 5);
            }
        }

        _html.Markup("</article>\n");
    }

    private void WriteEvidence()
    {
        _html.Markup("""
            <section id="evidence" aria-labelledby="evidence-title">
            <h2 id="evidence-title">Evidence</h2>
            <p class="summary">Each record has the SHA-256 of its canonical JSON: UTF-8, members sorted by name, no white space. The JSON form of this report
            holds every record in that form. The digest in the heading is the SHA-256 over the sorted digests of all records, a line each.</p>

            """);
        _tables.WriteEvidence(_report);
        _html.Markup("</section>\n");
    }
}
