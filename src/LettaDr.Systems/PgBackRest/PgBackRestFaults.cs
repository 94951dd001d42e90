using System.Text.RegularExpressions;

namespace LettaDr.Systems;

/// <summary>Turns pgBackRest's exit codes and words into one sentence and its remedy.</summary>
internal static partial class PgBackRestFaults
{
    /// <summary>The backup has no database of that name.</summary>
    public const string DatabaseNotInBackup = "DatabaseNotInBackup";

    private const int MessageLength = 600;

    public static LettaDrException NotInstalled(string place, Exception? cause = null) => new(
        "PgBackRestNotInstalled", FaultKind.NotInstalled, $"pgBackRest is not installed in {place}.",
        "Use an image that brings it beside PostgreSQL (Debian's package pgbackrest), or leave -Engine away.", place, cause);

    public static LettaDrException StanzaNotFound(string? stanza, string place, IEnumerable<string> known) => new(
        "StanzaNotFound", FaultKind.NotFound,
        $"pgBackRest in {place} knows {(stanza is null ? "no stanza" : $"no stanza {stanza}")}{(known.Any() ? $", but {string.Join(", ", known)}" : string.Empty)}.",
        "Name an existing stanza by -Stanza, or make it first: 'pgbackrest --stanza=NAME stanza-create'.", stanza);

    /// <summary>A repository cannot be read.</summary>
    /// <param name="stanza">The stanza.</param>
    /// <param name="message">What of it cannot be read.</param>
    /// <param name="otherwise">What can be done without it; null for nothing.</param>
    public static LettaDrException RepositoryFails(string stanza, string message, string? otherwise = null) => new(
        "PgBackRestRepositoryFails", FaultKind.Unreachable, message,
        "See that its repositories can be reached from there, and that the cluster's owner may read them."
        + (otherwise is null ? string.Empty : " " + otherwise), stanza);

    /// <summary>A failure of <paramref name="command"/>.</summary>
    public static LettaDrException Translate(string command, string? stanza, string place, long exitCode, string errors)
    {
        var said = Said(errors);
        var of = stanza is null ? string.Empty : $" of stanza {stanza}";
        return exitCode switch
        {
            127 or 126 when said.Contains("not found", StringComparison.Ordinal) => NotInstalled(place),
            50 => Fault("PgBackRestBusy", FaultKind.Busy, "Wait until the other backup, expiry or restore of this stanza has ended ('pgbackrest info' shows it), then run the command again."),
            62 => Fault("PgBackRestStopped", FaultKind.Busy, "Somebody has said 'pgbackrest stop'; 'pgbackrest start' lifts that."),
            37 when said.Contains("stanza", StringComparison.Ordinal) => StanzaNotFound(stanza, place, []),
            55 when said.Contains("stanza-create", StringComparison.Ordinal) => StanzaNotFound(stanza, place, []),
            55 or 75 => Fault("PgBackRestFileMissing", FaultKind.DataCorrupt, "What it needs is not in its repository any more: see 'pgbackrest info', and choose another backup."),
            28 or 44 or 46 or 51 or 58 => Fault("StanzaOfOtherCluster", FaultKind.Incompatible, "The stanza is of another cluster or version than this server: name the right one by -Stanza; after a major upgrade run 'pgbackrest stanza-upgrade'."),
            68 or 82 or 87 or 45 => Fault("ArchivingFails", FaultKind.OperationFailed, "See in the server's log what archive_command says, put it right, and see that 'pgbackrest check' is content: without its log no backup can be restored."),
            72 => Fault("PgBackRestOnOtherHost", FaultKind.Incompatible, "This stanza is backed up from its repository host: make backups there; LettaDr works where the database is."),
            80 when said.Contains("database to exclude", StringComparison.Ordinal) => Fault(
                DatabaseNotInBackup, FaultKind.NotFound, "See which databases the backup has: 'pgbackrest info' with --set."),
            56 or 57 or 80 or 81 => Fault("PgBackRestNotConnected", FaultKind.Unreachable, "See that the server runs, and that pgBackRest's pg1-path, pg1-port and pg1-user name it."),
            41 or 47 or 53 or 83 or 88 or 63 or 64 => Fault("PgBackRestFilesRefused", FaultKind.PermissionDenied, "See that the cluster's owner may read and write pgBackRest's repository, that its disk has space, and that nobody ended it."),
            1 when command == "archive-get" => new LettaDrException(
                "WalNotArchived", FaultKind.DataCorrupt, $"pgBackRest's archive{of} lacks a part of the log that this backup needs.",
                "Use another backup; 'pgbackrest verify' tells what is missing.", stanza),
            26 or 29 or 42 or 95 => Fault("PgBackRestDataDamaged", FaultKind.DataCorrupt, "Run 'pgbackrest verify' to see what else is damaged; make a full backup now (Backup-LettaDatabase -Engine PgBackRest -Type Base)."),
            39 or 49 or 66 => Fault("PgBackRestRepositoryUnreachable", FaultKind.Unreachable, "See that the repository (S3, Azure, host) can be reached from there, and what pgBackRest's log says."),
            137 => Fault("ProgramKilled", FaultKind.OperationFailed, "That place was stopped, or its memory ran out; see its log, then run the command again."),
            _ => Fault("PgBackRestFailed", FaultKind.OperationFailed, "pgBackRest's own log has more (log-path); nothing was published or replaced."),
        };

        LettaDrException Fault(string id, FaultKind kind, string remedy) => new(
            id, kind, $"pgbackrest {command}{of} in {place} ended with {exitCode}: {said}", remedy, stanza);
    }

    /// <summary>Its warnings, one sentence each.</summary>
    public static IEnumerable<string> Warnings(string errors) => Entries(errors, "WARN").Select(entry => Shorten(entry));

    private static string Said(string errors) =>
        Entries(errors, "ERROR").FirstOrDefault() is { } error ? Shorten(error) : errors.Trim() is { Length: > 0 } other ? Shorten(other) : "it said nothing.";

    /// <summary>Log entries of a level: each begins with a time and a process, and goes on over indented lines.</summary>
    private static IEnumerable<string> Entries(string errors, string level) => EntryStart().Split(errors)
        .Select(entry => entry.Trim()).Where(entry => entry.StartsWith(level + ":", StringComparison.Ordinal))
        .Select(entry => Spaces().Replace(entry[(level.Length + 1)..], " ").Trim())
        .Select(entry => ErrorCode().Replace(entry, string.Empty));

    private static string Shorten(string text)
    {
        var line = Spaces().Replace(text, " ");
        return (line.Length > MessageLength ? line[..MessageLength] + "…" : line).TrimEnd('.') + ".";
    }

    [GeneratedRegex(@"^(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ )?P\d\d\s+(?=[A-Z]+:)", RegexOptions.Multiline)]
    private static partial Regex EntryStart();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^\[\d+\]: ")]
    private static partial Regex ErrorCode();
}
