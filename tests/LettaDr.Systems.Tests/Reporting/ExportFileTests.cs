namespace LettaDr.Systems.Tests;

/// <summary>Files for people and for programs of others: whole or not at all, and readable by whom they are for.</summary>
public sealed class ExportFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lettadr-export-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_report_is_not_overwritten_unless_that_is_asked_for()
    {
        var path = Path.Combine(_folder, "report.md");
        File.WriteAllText(path, "mine");
        var report = ReportSample.Build(ReportSample.Checks());

        Assert.Equal("ExportFileExists", Assert.Throws<LettaDrException>(() => ReportFile.Write(report, path, DrReportFormat.Markdown, overwrite: false)).Id);
        Assert.Equal("mine", File.ReadAllText(path));

        var written = ReportFile.Write(report, path, DrReportFormat.Markdown, overwrite: true);
        var bytes = File.ReadAllBytes(path);
        Assert.Equal((bytes.Length, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))), ((int)written.Size, written.Sha256));
        Assert.Equal((Outcome.Failed, 4, 1, 1, 6), (written.Verdict, written.Passed, written.Failed, written.NotRun, written.Records));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void One_that_appears_meanwhile_is_kept_too_and_what_was_begun_is_removed()
    {
        var path = Path.Combine(_folder, "report.html");

        Assert.Throws<IOException>(() => DurableFiles.WriteAtomically(path, _ => File.WriteAllText(path, "another's"), overwrite: false));

        Assert.Equal("another's", File.ReadAllText(Assert.Single(Directory.GetFiles(_folder))));
    }

    [Fact]
    public void Metrics_replace_those_before_and_everybody_may_read_them()
    {
        var path = Path.Combine(_folder, "lettadr.prom");
        File.WriteAllText(path, "before");

        var metrics = new MetricCollector();
        metrics.Add(ReportSample.Check("A", Outcome.Passed));
        MetricFile.Write(metrics.Build(), path);

        Assert.StartsWith("# HELP lettadr_check", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Equal([path], Directory.GetFiles(_folder));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal("644", Convert.ToString((int)File.GetUnixFileMode(path), 8));
        }
    }

    [Theory]
    [InlineData("metrics.txt", "MetricFileName")]
    [InlineData("no/such/metrics.prom", "ExportFolderNotFound")]
    public void A_file_that_nobody_would_read_is_refused(string name, string id) =>
        Assert.Equal(id, Assert.Throws<LettaDrException>(() => MetricFile.Check(Path.Combine(_folder, name))).Id);

    [Theory]
    [InlineData("a.html", DrReportFormat.Html)]
    [InlineData("a.HTM", DrReportFormat.Html)]
    [InlineData("a.markdown", DrReportFormat.Markdown)]
    [InlineData("a.json", DrReportFormat.Json)]
    public void A_name_tells_the_format(string name, DrReportFormat format) => Assert.Equal(format, ReportFile.FormatOf(name));

    [Fact]
    public void A_name_that_tells_none_is_refused() =>
        Assert.Equal("ReportFormatUnknown", Assert.Throws<LettaDrException>(() => ReportFile.FormatOf("report.pdf")).Id);
}
