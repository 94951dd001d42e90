using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace LettaDr;

/// <summary>The line by which a scheduler's file is known as ours, and by which a change by hand is seen.</summary>
internal sealed record ScheduleMark
{
    private const string Begin = "LettaDr schedule ";

    /// <summary>The plan's name.</summary>
    public required string Plan { get; init; }

    /// <summary>The plan file.</summary>
    public required string PlanPath { get; init; }

    /// <summary>Who reads the file.</summary>
    public required DrScheduler Scheduler { get; init; }

    /// <summary>The jobs that the file starts, with their times; none for a file that only belongs to others.</summary>
    public required IReadOnlyDictionary<DrJob, string> Jobs { get; init; }

    /// <summary>SHA-256 of the rest of the file.</summary>
    public string Hash { get; init; } = string.Empty;

    /// <summary>The file with its mark as the first comment.</summary>
    /// <param name="content">The rest.</param>
    /// <param name="comment">How a comment is written; <c>{0}</c> is its text.</param>
    public string Over(string content, string comment = "# {0}") =>
        string.Format(
            System.Globalization.CultureInfo.InvariantCulture, comment,
            Begin + JsonSerializer.Serialize(this with { Hash = HashOf(content) }, ScheduleJson.Default.ScheduleMark)
                .Replace("--", "-\\u002d", StringComparison.Ordinal)) + "\n" + content;

    /// <summary>The mark of a file, and whether nobody changed it since; null where the file is not ours.</summary>
    public static (ScheduleMark Mark, bool IsUnchanged)? Of(string file)
    {
        var end = file.IndexOf('\n', StringComparison.Ordinal);
        var at = end < 0 ? -1 : file.IndexOf(Begin, 0, end, StringComparison.Ordinal);
        if (at is < 1 or > 8)
        {
            return null;
        }

        var line = file[(at + Begin.Length)..end];
        try
        {
            var mark = JsonSerializer.Deserialize(line[..(line.LastIndexOf('}') + 1)], ScheduleJson.Default.ScheduleMark);
            return mark is null ? null : (mark, mark.Hash == HashOf(file[(end + 1)..]));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string HashOf(string content) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(content))).ToLowerInvariant();
}
