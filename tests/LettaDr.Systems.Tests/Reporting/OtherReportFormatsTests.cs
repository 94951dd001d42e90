using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LettaDr.Systems.Tests;

/// <summary>Markdown and JSON over the same report, and that all formats say the same.</summary>
public sealed class OtherReportFormatsTests
{
    private static readonly DrReport Report = ReportSample.Build(ReportSample.Everything());

    private static string Render(DrReport report, DrReportFormat format)
    {
        using var output = new MemoryStream();
        ReportFile.Render(report, format, output);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    [Fact]
    public void All_formats_tell_the_same_counts_and_digest()
    {
        var counts = Report.Counts;
        var html = Render(Report, DrReportFormat.Html);
        var markdown = Render(Report, DrReportFormat.Markdown);
        using var json = JsonDocument.Parse(Render(Report, DrReportFormat.Json));
        var summary = json.RootElement.GetProperty("summary");

        foreach (var (tile, number, member) in new[] { ("Passed", counts.Passed, "passed"), ("Failed", counts.Failed, "failed"), ("Not run", counts.NotRun, "notRun"), ("Records", Report.Records, "records") })
        {
            Assert.Contains($"<dt>{tile}</dt><dd>{Count.Number(number)}</dd>", html, StringComparison.Ordinal);
            Assert.Equal(number, summary.GetProperty(member).GetInt32());
        }

        Assert.Contains($"| {counts.Passed} | {counts.Failed} | {counts.NotRun} | {Count.Number(Report.Records)} |", markdown, StringComparison.Ordinal);
        Assert.Equal("Failed", summary.GetProperty("verdict").GetString());
        Assert.All(new[] { html, markdown, summary.ToString() }, text => Assert.Contains(Report.Digest, text, StringComparison.Ordinal));
        foreach (var section in Report.Sections)
        {
            Assert.Contains($"<h2 id=\"{section.Key}-title\">{section.Title}</h2>", html, StringComparison.Ordinal);
            Assert.Contains($"\n## {section.Title}\n\n", markdown, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void JSON_holds_every_record_in_the_very_bytes_that_its_digest_is_of()
    {
        using var json = JsonDocument.Parse(Render(Report, DrReportFormat.Json));
        var records = json.RootElement.GetProperty("sections").EnumerateArray().SelectMany(section => section.GetProperty("records").EnumerateArray()).ToList();

        Assert.Equal(1, json.RootElement.GetProperty("schemaVersion").GetInt32());
        Assert.Equal(Report.Records, records.Count);
        Assert.All(records, record => Assert.Equal(
            record.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(record.GetProperty("data").GetRawText())))));
        Assert.Equal(Report.Counts.Total, records.Count(record => record.GetProperty("counted").GetBoolean()));
    }

    [Fact]
    public void The_members_of_JSON_are_those_that_its_version_promises()
    {
        using var json = JsonDocument.Parse(Render(ReportSample.Build([ReportSample.Set("letta", ReportSample.Now, proof: Outcome.Passed)]), DrReportFormat.Json));

        Assert.Equal(["schemaVersion", "kind", "title", "createdAt", "machine", "writer", "deployments", "summary", "sections"], Names(json.RootElement));
        Assert.Equal(["verdict", "headline", "passed", "failed", "notRun", "records", "refused", "digest"], Names(json.RootElement.GetProperty("summary")));
        var section = json.RootElement.GetProperty("sections")[0];
        Assert.Equal(["key", "title", "summary", "passed", "failed", "notRun", "records"], Names(section));
        Assert.Equal(["type", "name", "outcome", "counted", "sha256", "restsOn", "data"], Names(section.GetProperty("records")[0]));
    }

    [Fact]
    public void Markdown_shows_what_stands_in_an_object_as_it_stands()
    {
        var markdown = Render(ReportSample.Build([ReportSample.Check("A", Outcome.Passed, evidence: ReportSample.Hostile)]), DrReportFormat.Markdown);

        Assert.Contains(
            "| ✓ Passed | A | letta-production | \\<script\\>alert('x')\\</script\\> &amp; \"quoted\" \\| pipe next \\`tick\\` \\[link\\](https://example.org) \\*bold\\* |  |",
            markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_a_Markdown_table_have_as_many_cells_as_its_heading()
    {
        var cells = 0;
        foreach (var line in Render(Report, DrReportFormat.Markdown).Split('\n'))
        {
            var here = line.StartsWith('|') ? Regex.Count(line, @"(?<!\\)\|") : 0;
            Assert.True(here == 0 || cells == 0 || here == cells, line);
            cells = here;
        }
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(member => member.Name);
}
