namespace LettaDr;

/// <summary>A report that was written, as <c>Export-LettaDrReport -PassThru</c> tells it.</summary>
public sealed record DrReportFile
{
    /// <summary>The file, full path.</summary>
    public required string Path { get; init; }

    /// <summary>What it is written as.</summary>
    public required DrReportFormat Format { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>When it was made (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>
    /// Failed where anything failed; NotRun where nothing failed and something was not run or refused, or nothing was judged; else Passed.
    /// </summary>
    public required Outcome Verdict { get; init; }

    /// <summary>How many of what was judged passed.</summary>
    public required int Passed { get; init; }

    /// <summary>How many failed.</summary>
    public required int Failed { get; init; }

    /// <summary>How many were not run; never counted as passed.</summary>
    public required int NotRun { get; init; }

    /// <summary>How many objects the report holds.</summary>
    public required int Records { get; init; }

    /// <summary>SHA-256 over the sorted digests of all records, a line each; 64 lower-case hexadecimal digits.</summary>
    public required string Digest { get; init; }

    /// <summary>Size in bytes of the file.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 of the file, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Path;
}
