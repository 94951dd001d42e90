namespace LettaDr;

/// <summary>What a report is written as. Each holds the same records and counts.</summary>
public enum DrReportFormat
{
    /// <summary>One self-contained HTML file, without any script.</summary>
    Html,

    /// <summary>Markdown with tables, as GitHub and GitLab show it.</summary>
    Markdown,

    /// <summary>JSON with every record in full; <c>schemaVersion</c> tells its shape.</summary>
    Json,
}
