namespace LettaDr.Systems;

/// <summary>Writes reports to files, whole or not at all.</summary>
internal static class ReportFile
{
    /// <summary>The format that a file's name tells.</summary>
    /// <exception cref="LettaDrException">It tells none.</exception>
    public static DrReportFormat FormatOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".html" or ".htm" => DrReportFormat.Html,
        ".md" or ".markdown" => DrReportFormat.Markdown,
        ".json" => DrReportFormat.Json,
        _ => throw new LettaDrException(
            "ReportFormatUnknown", FaultKind.InvalidArgument, $"The name {Path.GetFileName(path)} does not tell what the report is to be written as.",
            "Give -Format, or a path that ends in .html, .md or .json.", path),
    };

    /// <summary>Refuses what could not be written anyway.</summary>
    /// <exception cref="LettaDrException">The file is there and may not be replaced, or its folder is not there.</exception>
    public static void Check(string path, bool overwrite) => ExportFaults.Check(path, overwrite);

    /// <summary>Writes the report.</summary>
    /// <exception cref="LettaDrException">The file is there and may not be replaced, or cannot be written.</exception>
    public static DrReportFile Write(DrReport report, string path, DrReportFormat format, bool overwrite)
    {
        Check(path, overwrite);
        var counts = report.Counts;
        long size = 0;
        var digest = string.Empty;
        try
        {
            DurableFiles.WriteAtomically(
                path,
                output =>
                {
                    using var hashed = new HashingStream(output);
                    Render(report, format, hashed);
                    (size, digest) = (output.Position, hashed.Digest());
                },
                overwrite);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw ExportFaults.NotWritten(path, overwrite, failure);
        }

        return new DrReportFile
        {
            Path = path, Format = format, Title = report.Title, CreatedAt = report.CreatedAt, Verdict = report.Verdict,
            Passed = counts.Passed, Failed = counts.Failed, NotRun = counts.NotRun, Records = report.Records, Digest = report.Digest,
            Size = size, Sha256 = digest,
        };
    }

    /// <summary>Writes the report to a stream.</summary>
    public static void Render(DrReport report, DrReportFormat format, Stream output)
    {
        Action<DrReport, Stream> write = format switch
        {
            DrReportFormat.Html => HtmlReport.Write,
            DrReportFormat.Markdown => MarkdownReport.Write,
            _ => JsonReport.Write,
        };
        write(report, output);
    }
}
