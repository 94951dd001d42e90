using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace LettaDr;

/// <summary>PostgreSQL's own manifest of a physical copy.</summary>
/// <remarks>PostgreSQL manual, chapter 76 (Backup Manifest Format).</remarks>
internal sealed record ClusterManifest
{
    /// <summary>Its name within the copy.</summary>
    public const string FileName = "backup_manifest";

    /// <summary>The files, as the server sent them.</summary>
    public required IReadOnlyList<ClusterManifestFile> Files { get; init; }

    /// <summary>The timeline of the log that the copy needs.</summary>
    public required uint Timeline { get; init; }

    /// <summary>Where the log begins that the copy needs.</summary>
    public required Lsn StartLsn { get; init; }

    /// <summary>Where the log ends that the copy needs.</summary>
    public required Lsn EndLsn { get; init; }

    /// <summary>Reads it, and sees that its own checksum holds.</summary>
    /// <exception cref="LettaDrException">It is damaged, or none.</exception>
    public static ClusterManifest Read(ReadOnlyMemory<byte> json, string where)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (Hex.Lower(SHA256.HashData(Checked(json.Span))) != root.GetProperty("Manifest-Checksum").GetString())
            {
                throw Damaged(where, "its checksum is not that of its lines", null);
            }

            var range = root.GetProperty("WAL-Ranges").EnumerateArray().Last();
            return new ClusterManifest
            {
                Files = [.. root.GetProperty("Files").EnumerateArray().Select(ReadFile)],
                Timeline = range.GetProperty("Timeline").GetUInt32(),
                StartLsn = Lsn.Parse(range.GetProperty("Start-LSN").GetString()!),
                EndLsn = Lsn.Parse(range.GetProperty("End-LSN").GetString()!),
            };
        }
        catch (Exception malformed) when (malformed is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw Damaged(where, malformed.Message.TrimEnd('.'), malformed);
        }
    }

    /// <summary>All lines but the last, which is their checksum.</summary>
    private static ReadOnlySpan<byte> Checked(ReadOnlySpan<byte> json) => json[..(json.TrimEnd("\n"u8).LastIndexOf((byte)'\n') + 1)];

    private static ClusterManifestFile ReadFile(JsonElement file) => new(
        file.TryGetProperty("Path", out var path)
            ? path.GetString()!
            : Encoding.Latin1.GetString(Convert.FromHexString(file.GetProperty("Encoded-Path").GetString()!)),
        file.GetProperty("Size").GetInt64(),
        file.TryGetProperty("Checksum-Algorithm", out var algorithm) ? algorithm.GetString() : null,
        file.TryGetProperty("Checksum", out var checksum) ? checksum.GetString() : null);

    private static LettaDrException Damaged(string where, string how, Exception? cause) => new(
        "ClusterManifestDamaged", FaultKind.DataCorrupt, $"PostgreSQL's manifest of the physical copy at {where} is damaged: {how}.",
        "Use another set (Get-LettaBackup lists them), or bring this one back from a copy.", where, cause);
}
