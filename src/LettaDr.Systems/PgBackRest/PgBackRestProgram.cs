using System.Text;

namespace LettaDr.Systems;

/// <summary>pgBackRest's own commands, run where the database is, with the user's configuration. Nothing of it is written by us.</summary>
/// <param name="host">Where it runs.</param>
/// <param name="settings">Its settings in the environment (PGBACKREST_…), where that place does not have them by itself.</param>
internal sealed class PgBackRestProgram(IProgramHost host, IReadOnlyDictionary<string, string>? settings = null)
{
    private readonly Dictionary<string, string> _environment = new(settings ?? new Dictionary<string, string>()) { ["LC_ALL"] = "C.UTF-8" };

    public string Place => host.Name;

    /// <summary>Its version, e.g. <c>2.55.1</c>.</summary>
    /// <exception cref="LettaDrException">It is not installed there.</exception>
    public async Task<string> VersionAsync(CancellationToken cancellationToken) =>
        (await TextAsync("version", null, ["version"], cancellationToken).ConfigureAwait(false)).Trim().Split(' ')[^1];

    /// <summary>All stanzas, or the one of that name.</summary>
    public async Task<IReadOnlyList<PgBackRestStanza>> InfoAsync(string? stanza, CancellationToken cancellationToken)
    {
        string[] command = [.. stanza is null ? (string[])[] : ["--stanza=" + stanza], "--output=json", "info"];
        return PgBackRestInfo.Read(Encoding.UTF8.GetBytes(await TextAsync("info", stanza, command, cancellationToken).ConfigureAwait(false)));
    }

    /// <summary>The tablespaces of a backup: where each lay in the cluster.</summary>
    public async Task<IReadOnlyList<string>> TablespacesAsync(PgBackRestPart part, CancellationToken cancellationToken)
    {
        string[] command = ["--stanza=" + part.Stanza, "--set=" + part.BackupLabel, .. Repository(part.Repository), "--output=json", "info"];
        var stanzas = PgBackRestInfo.Read(Encoding.UTF8.GetBytes(await TextAsync("info", part.Stanza, command, cancellationToken).ConfigureAwait(false)));
        return [.. stanzas.SelectMany(stanza => stanza.Backups).Where(backup => backup.Label == part.BackupLabel).SelectMany(backup => backup.Tablespaces)];
    }

    /// <summary>The stanza of that name; without a name the only one there is, or the only one of that cluster.</summary>
    /// <exception cref="LettaDrException">There is none, or none of several is the right one for sure.</exception>
    public async Task<PgBackRestStanza> FindStanzaAsync(string? name, string? systemIdentifier, CancellationToken cancellationToken)
    {
        var all = await InfoAsync(name, cancellationToken).ConfigureAwait(false);
        var found = all.Where(stanza => stanza.Exists && (name is null || stanza.Name == name)).ToList();
        if (found.Count > 1)
        {
            found = [.. found.Where(stanza => stanza.SystemIdentifier == systemIdentifier)];
        }

        if (found is not [var only])
        {
            var known = name is null ? all : await InfoAsync(null, cancellationToken).ConfigureAwait(false);
            throw PgBackRestFaults.StanzaNotFound(name, Place, known.Where(stanza => stanza.Exists).Select(stanza => stanza.Name));
        }

        if (systemIdentifier is not null && only.SystemIdentifier is { } other && other != systemIdentifier)
        {
            throw new LettaDrException(
                "StanzaOfOtherCluster", FaultKind.Incompatible, $"Stanza {only.Name} is of cluster {other}, and this server is cluster {systemIdentifier}.",
                "Name the stanza of this server by -Stanza; after a major upgrade run 'pgbackrest stanza-upgrade'.", only.Name);
        }

        return only;
    }

    /// <summary>Sees that what a stanza does not list is really not there, and not only out of reach.</summary>
    /// <exception cref="LettaDrException">A repository of it cannot be read, and no other lists a backup.</exception>
    public void RequireReadable(PgBackRestStanza stanza)
    {
        if (stanza.Backups.Count == 0)
        {
            RequireWhole(stanza);
        }
    }

    /// <exception cref="LettaDrException">One of its repositories cannot be read.</exception>
    public void RequireWhole(PgBackRestStanza stanza)
    {
        if (Unread(stanza) is { } unread)
        {
            throw PgBackRestFaults.RepositoryFails(stanza.Name, unread);
        }
    }

    /// <summary>What of a stanza cannot be read, in a sentence; null when all can.</summary>
    public string? Unread(PgBackRestStanza stanza) => stanza.Problems.Count == 0
        ? null : $"pgBackRest in {Place} cannot read all of stanza {stanza.Name}: {string.Join("; ", stanza.Problems)}.";

    /// <summary>Makes a backup; returns its label.</summary>
    public async Task<(string Label, long Bytes, IReadOnlyList<string> Warnings)> BackUpAsync(
        string stanza, PgBackRestBackupType type, int? repository, ProgressMeter meter, CancellationToken cancellationToken)
    {
        using var log = new PgBackRestLog(meter);
        var errors = await RunAsync(
            "backup", stanza,
            [
                "--stanza=" + stanza, "--type=" + NameOf(type), "--start-fast", "--log-level-console=detail", .. Repository(repository), "backup",
            ],
            log, cancellationToken).ConfigureAwait(false);
        return (log.Label ?? throw new LettaDrException(
            "PgBackRestFailed", FaultKind.OperationFailed, $"pgbackrest backup of stanza {stanza} in {Place} ended well, but did not tell the label of a backup.",
            "See what 'pgbackrest info' lists and what its log says.", stanza), log.Bytes, [.. PgBackRestFaults.Warnings(errors)]);
    }

    /// <summary>Has the server finish its present segment of the log, and waits until pgBackRest has it in every repository.</summary>
    /// <exception cref="LettaDrException">It does not arrive: archive_command fails, or is not pgBackRest's.</exception>
    public Task CheckAsync(string stanza, CancellationToken cancellationToken) =>
        RunAsync("check", stanza, ["--stanza=" + stanza, "--log-level-console=off", "check"], null, cancellationToken);

    /// <summary>Reads a backup and what it needs in the repository; what it wrote about that.</summary>
    public Task<string> VerifyAsync(string stanza, string label, int repository, CancellationToken cancellationToken) => TextAsync(
        "verify", stanza,
        ["--stanza=" + stanza, "--set=" + label, "--output=text", "--verbose", .. Repository(repository), "verify"], cancellationToken);

    /// <summary>Lays a backup out in an empty folder, with those that it needs; nothing is recovered, nor any recovery configured.</summary>
    /// <param name="part">The backup.</param>
    /// <param name="directory">The folder.</param>
    /// <param name="tablespaces">A folder for the tablespaces.</param>
    /// <param name="without">A database whose files are left empty; null for none.</param>
    /// <param name="meter">Shows how far it is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task RestoreAsync(
        PgBackRestPart part, string directory, string tablespaces, string? without, ProgressMeter meter, CancellationToken cancellationToken) => RunAsync(
        "restore", part.Stanza,
        [
            "--stanza=" + part.Stanza, $"--repo={part.Repository}", "--set=" + part.BackupLabel, "--pg1-path=" + directory, "--tablespace-map-all=" + tablespaces,
            .. without is null ? (string[])[] : ["--db-exclude=" + without],
            "--type=none", "--log-level-console=detail", "--log-level-file=off", "restore",
        ],
        new PgBackRestLog(meter), cancellationToken);

    /// <summary>Fetches a file of the archived log.</summary>
    /// <param name="stanza">The stanza.</param>
    /// <param name="directory">The cluster's folder, by which pgBackRest sees whose log it is.</param>
    /// <param name="name">PostgreSQL's name of the file.</param>
    /// <param name="target">Where it goes, there.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task FetchLogAsync(string stanza, string directory, string name, string target, CancellationToken cancellationToken) => RunAsync(
        "archive-get", stanza,
        [
            "--stanza=" + stanza, "--pg1-path=" + directory, "--no-archive-async", "--log-level-console=off", "--log-level-file=off", "archive-get", name, target,
        ],
        null, cancellationToken);

    /// <summary>Lists what a repository has of the archived log, as JSON.</summary>
    public async Task<byte[]> ListLogAsync(string stanza, PgBackRestArchive archive, CancellationToken cancellationToken) => Encoding.UTF8.GetBytes(await TextAsync(
        "repo-ls", stanza,
        ["--stanza=" + stanza, .. Repository(archive.Repository), "--output=json", "--recurse", "repo-ls", $"archive/{stanza}/{archive.Id}"],
        cancellationToken).ConfigureAwait(false));

    /// <summary>pgBackRest's name of a type.</summary>
    public static string NameOf(PgBackRestBackupType type) => type switch
    {
        PgBackRestBackupType.Full => "full",
        PgBackRestBackupType.Differential => "diff",
        _ => "incr",
    };

    private static string[] Repository(int? number) => number is { } key ? [$"--repo={key}"] : [];

    private async Task<string> TextAsync(string name, string? stanza, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        await RunAsync(name, stanza, name == "version" ? arguments : ["--log-level-console=off", .. arguments], output, cancellationToken).ConfigureAwait(false);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private async Task<string> RunAsync(
        string name, string? stanza, IReadOnlyList<string> arguments, Stream? output, CancellationToken cancellationToken)
    {
        string[] command = ["pgbackrest", .. name == "version" ? (string[])[] : ["--log-level-stderr=warn"], .. arguments];
        try
        {
            var (exitCode, errors) = await host.RunAsync(command, _environment, null, output, cancellationToken).ConfigureAwait(false);
            return exitCode == 0 ? errors : throw PgBackRestFaults.Translate(name, stanza, Place, exitCode, errors);
        }
        catch (LettaDrException missing) when (missing.Id == "ProgramNotFound")
        {
            throw PgBackRestFaults.NotInstalled(Place, missing);
        }
    }
}
