using System.Text.Encodings.Web;
using System.Text.Json;

namespace LettaDr.Systems;

/// <summary>Writes a report as JSON: every record in full, in the bytes that its digest is of.</summary>
internal static class JsonReport
{
    // So often is what was written put out: the file may be larger than we want to hold.
    private const int Pending = 1 << 18;

    public static void Write(DrReport report, Stream output)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        var counts = report.Counts;
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", DrReport.SchemaVersion);
        json.WriteString("kind", "LettaDrReport");
        json.WriteString("title", report.Title);
        json.WriteString("createdAt", report.CreatedAt.UtcDateTime);
        json.WriteString("machine", report.Machine);
        json.WriteString("writer", report.Writer);
        Texts(json, "deployments", report.Deployments);
        json.WriteStartObject("summary");
        json.WriteString("verdict", report.Verdict.ToString());
        json.WriteString("headline", report.Headline);
        Numbers(json, counts);
        json.WriteNumber("records", report.Records);
        json.WriteNumber("refused", report.Refused);
        json.WriteString("digest", report.Digest);
        json.WriteEndObject();
        json.WriteStartArray("sections");
        foreach (var section in report.Sections)
        {
            Write(json, section);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReportSection section)
    {
        json.WriteStartObject();
        json.WriteString("key", section.Key);
        json.WriteString("title", section.Title);
        json.WriteString("summary", section.Summary);
        Numbers(json, section.Counts);
        json.WriteStartArray("records");
        foreach (var row in section.Rows)
        {
            Write(json, row);
            if (json.BytesPending > Pending)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReportRow row)
    {
        json.WriteStartObject();
        json.WriteString("type", row.Type);
        json.WriteString("name", row.Name);
        if (row.Outcome is { } outcome)
        {
            json.WriteString("outcome", outcome.ToString());
        }

        json.WriteBoolean("counted", row.IsJudged);
        json.WriteString("sha256", row.Sha256);
        if (row.RestsOn.Count > 0)
        {
            json.WriteStartArray("restsOn");
            foreach (var source in row.RestsOn)
            {
                json.WriteStartObject();
                json.WriteString("name", source.Name);
                json.WriteString("sha256", source.Sha256);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WritePropertyName("data");
        json.WriteRawValue(row.Json, skipInputValidation: true);
        json.WriteEndObject();
    }

    private static void Numbers(Utf8JsonWriter json, ReportCounts counts)
    {
        json.WriteNumber("passed", counts.Passed);
        json.WriteNumber("failed", counts.Failed);
        json.WriteNumber("notRun", counts.NotRun);
    }

    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
