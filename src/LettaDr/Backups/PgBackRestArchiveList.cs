using System.Text.Json;

namespace LettaDr;

/// <summary>Reads what <c>pgbackrest repo-ls --recurse --output=json</c> lists of an archived log.</summary>
/// <param name="Files">The segments that were archived whole.</param>
/// <param name="Partials">Those that were archived in part, where a server left a timeline; no recovery asks for them.</param>
/// <param name="Timelines">The timelines whose histories are there.</param>
internal sealed record PgBackRestArchiveList(
    IReadOnlyList<WalFile> Files, IReadOnlyList<WalSegment> Partials, IReadOnlyList<uint> Timelines)
{
    private const string Partial = ".partial-";
    private const int NameLength = 24;

    /// <exception cref="LettaDrException">It is not what pgBackRest writes.</exception>
    public static PgBackRestArchiveList Read(ReadOnlyMemory<byte> json, int segmentSize)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var files = new List<WalFile>();
            var partials = new List<WalSegment>();
            var timelines = new List<uint>();
            foreach (var entry in document.RootElement.EnumerateObject().Where(entry => entry.Value.GetProperty("type").GetString() == "file"))
            {
                var name = entry.Name[(entry.Name.LastIndexOf('/') + 1)..];
                if (TimelineHistory.TryParseName(name, out var timeline))
                {
                    timelines.Add(timeline);
                }
                else if (name.IndexOf(Partial, StringComparison.Ordinal) == NameLength
                    && WalSegment.TryParse(name[..NameLength], segmentSize, out var left))
                {
                    partials.Add(left);
                }
                else if (name.Length > NameLength && name[NameLength] == '-' && WalSegment.TryParse(name[..NameLength], segmentSize, out var segment))
                {
                    files.Add(new WalFile(
                        segment, name, entry.Value.GetProperty("size").GetInt64(), IsPartial: false,
                        DateTimeOffset.FromUnixTimeSeconds(entry.Value.GetProperty("time").GetInt64())));
                }
            }

            return new PgBackRestArchiveList(files, partials, timelines);
        }
        catch (Exception strange) when (strange is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new LettaDrException(
                "PgBackRestListUnreadable", FaultKind.Incompatible, $"What 'pgbackrest repo-ls' wrote of the archived log cannot be read: {strange.Message}",
                "Run 'pgbackrest --output=json --recurse repo-ls archive' yourself and see what it says; LettaDr knows pgBackRest 2.36 and later.", null, strange);
        }
    }
}
