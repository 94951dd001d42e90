using System.Globalization;
using System.Text.Json;

namespace LettaDr;

/// <summary>Reads what <c>pgbackrest info --output=json</c> writes. What it does not know it passes over: later versions add to it.</summary>
internal static class PgBackRestInfo
{
    /// <exception cref="LettaDrException">It is not what pgBackRest writes.</exception>
    public static IReadOnlyList<PgBackRestStanza> Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return [.. document.RootElement.EnumerateArray().Select(ReadStanza)];
        }
        catch (Exception strange) when (strange is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new LettaDrException(
                "PgBackRestInfoUnreadable", FaultKind.Incompatible, $"What 'pgbackrest info' wrote cannot be read: {strange.Message}",
                "Run 'pgbackrest info --output=json' yourself and see what it says; LettaDr knows pgBackRest 2.36 and later.", null, strange);
        }
    }

    private static PgBackRestStanza ReadStanza(JsonElement stanza)
    {
        var status = stanza.GetProperty("status");
        var clusters = Items(stanza, "db").ToList();
        var copying = Find(Find(status, "lock"), "backup");
        return new PgBackRestStanza
        {
            Name = stanza.GetProperty("name").GetString()!,
            Status = status.GetProperty("code").GetInt32(),
            Message = Text(status, "message") ?? string.Empty,
            Problems = [.. Items(stanza, "repo").Select(Problem).OfType<string>()],
            // The last one is the present one: an upgrade of the cluster adds another.
            SystemIdentifier = clusters.Select(cluster => (Id: Number(cluster, "id") ?? 0, System: Text(cluster, "system-id")))
                .OrderBy(cluster => cluster.Id).LastOrDefault().System,
            Backups = [.. Items(stanza, "backup").Select(backup => ReadBackup(backup, clusters)).OrderBy(backup => backup.StoppedAt)],
            Archives = [.. Items(stanza, "archive").Select(archive => ReadArchive(archive, clusters)).OfType<PgBackRestArchive>()],
            IsBackingUp = Find(copying, "held") is { ValueKind: JsonValueKind.True },
            TotalBytes = Number(copying, "size"),
            CopiedBytes = Number(copying, "size-cplt"),
        };
    }

    private static PgBackRestBackup ReadBackup(JsonElement backup, List<JsonElement> clusters)
    {
        var database = Find(backup, "database");
        var times = backup.GetProperty("timestamp");
        var cluster = ClusterOf(database, clusters);
        var sizes = Find(backup, "info");
        return new PgBackRestBackup
        {
            Label = backup.GetProperty("label").GetString()!,
            Type = Text(backup, "type") switch
            {
                "full" => PgBackRestBackupType.Full,
                "diff" => PgBackRestBackupType.Differential,
                "incr" => PgBackRestBackupType.Incremental,
                var other => throw new FormatException($"a backup of type '{other}'"),
            },
            Prior = Text(backup, "prior"),
            References = [.. Items(backup, "reference").Select(reference => reference.GetString()!)],
            Repository = (int)(Number(database, "repo-key") ?? 1),
            StartedAt = DateTimeOffset.FromUnixTimeSeconds(times.GetProperty("start").GetInt64()),
            StoppedAt = DateTimeOffset.FromUnixTimeSeconds(times.GetProperty("stop").GetInt64()),
            StartLsn = Position(Find(backup, "lsn"), "start"),
            StopLsn = Position(Find(backup, "lsn"), "stop"),
            StopSegment = Text(Find(backup, "archive"), "stop"),
            SystemIdentifier = Text(cluster, "system-id") ?? string.Empty,
            ServerVersion = Text(cluster, "version") ?? string.Empty,
            Bytes = Number(sizes, "size") ?? 0,
            RepositoryBytes = Number(Find(sizes, "repository"), "delta") ?? 0,
            Tablespaces = [.. Items(backup, "tablespace").Select(tablespace => Text(tablespace, "destination")).OfType<string>()],
            HasPageErrors = Find(backup, "error") is { ValueKind: JsonValueKind.True },
        };
    }

    private static PgBackRestArchive? ReadArchive(JsonElement archive, List<JsonElement> clusters)
    {
        var database = Find(archive, "database");
        return Text(archive, "id") is { } id && Text(ClusterOf(database, clusters), "system-id") is { } system
            ? new PgBackRestArchive(id, (int)(Number(database, "repo-key") ?? 1), system) : null;
    }

    private static JsonElement? ClusterOf(JsonElement? database, List<JsonElement> clusters) =>
        clusters.Find(one => Number(one, "id") == Number(database, "id") && Number(one, "repo-key") == Number(database, "repo-key"));

    private static string? Problem(JsonElement repository)
    {
        var status = Find(repository, "status");
        return Number(status, "code") is null or PgBackRestStanza.StatusOk or PgBackRestStanza.StatusNoBackups
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"repository {Number(repository, "key")}: {Text(status, "message")}");
    }

    private static JsonElement? Find(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } holder && holder.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null
            ? found : null;

    private static IEnumerable<JsonElement> Items(JsonElement parent, string name) =>
        Find(parent, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>A text, or a number as it is written: system identifiers are numbers too long for most readers.</summary>
    private static string? Text(JsonElement? parent, string name) => Find(parent, name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    private static long? Number(JsonElement? parent, string name) =>
        Find(parent, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) ? value : null;

    private static Lsn? Position(JsonElement? parent, string name) => Lsn.TryParse(Text(parent, name), out var position) ? position : null;
}
