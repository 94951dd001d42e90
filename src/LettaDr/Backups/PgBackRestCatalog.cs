namespace LettaDr;

/// <summary>Shows a stanza's backups as sets: with their proofs where LettaDr made them, and without where others did.</summary>
internal static class PgBackRestCatalog
{
    private const string Scheme = "pgbackrest:";
    private const string PageErrors = "pgBackRest found pages with wrong checksums in the cluster while it copied them.";

    /// <summary>Whether a backup is known from its stanza alone, so that there is nothing to compare a restore with.</summary>
    public static bool IsUnproven(Backup backup) => backup.Manifest?.PgBackRest is { SnapshotLsn: null };

    /// <summary>All backups of a stanza, and all sets of it whose backup pgBackRest has no longer; the newest first.</summary>
    /// <param name="stanza">The stanza.</param>
    /// <param name="deployment">The deployment that it is of.</param>
    /// <param name="sets">Sets of LettaDr's own repository that may be of it.</param>
    public static IReadOnlyList<Backup> List(PgBackRestStanza stanza, LettaDeployment deployment, IEnumerable<Backup> sets)
    {
        var own = sets.Where(set => set.Manifest?.PgBackRest is { } part && part.Stanza == stanza.Name).ToList();
        var listed = stanza.Backups.Select(backup => own.Find(set => IsOf(set.Manifest!.PgBackRest!, backup)) ?? Describe(stanza, deployment, backup));
        var gone = own.Where(set => !stanza.Backups.Any(backup => IsOf(set.Manifest!.PgBackRest!, backup))).Select(set => set with
        {
            State = BackupState.Damaged,
            Problem = NotListed(set.Manifest!.PgBackRest!.BackupLabel),
        });
        return [.. listed.Concat(gone).OrderByDescending(backup => backup.SnapshotTime).ThenByDescending(backup => backup.Id, StringComparer.Ordinal)];
    }

    /// <summary>What a stanza's list says against a backup and those that it needs, a sentence each.</summary>
    public static IReadOnlyList<string> Problems(PgBackRestStanza stanza, PgBackRestPart part)
    {
        var listed = stanza.Backups
            .Where(backup => backup.Repository == part.Repository && backup.SystemIdentifier == part.SystemIdentifier)
            .ToDictionary(backup => backup.Label, StringComparer.Ordinal);
        return
        [
            .. part.References.Append(part.BackupLabel).Where(label => !listed.ContainsKey(label)).Select(NotListed),
            .. listed.GetValueOrDefault(part.BackupLabel) is { HasPageErrors: true } ? [PageErrors] : (string[])[],
        ];
    }

    /// <summary>What a manifest says of a backup.</summary>
    public static PgBackRestPart Part(PgBackRestStanza stanza, LettaDeployment deployment, PgBackRestBackup backup) => new()
    {
        Stanza = stanza.Name,
        BackupLabel = backup.Label,
        Type = backup.Type,
        References = backup.References,
        Repository = backup.Repository,
        SnapshotTime = backup.StoppedAt,
        StartLsn = backup.StartLsn,
        EndLsn = backup.StopLsn,
        Timeline = TimelineOf(backup.StopSegment),
        SystemIdentifier = backup.SystemIdentifier,
        Database = deployment.Database.Database,
        ServerVersion = backup.ServerVersion,
        Container = deployment.Database.Container?.Name,
        Image = deployment.Database.Container?.Image,
        ImageDigest = deployment.Database.Container?.ImageDigest,
        Bytes = backup.Bytes,
        RepositoryBytes = backup.RepositoryBytes,
    };

    /// <summary>A segment's name begins with its timeline.</summary>
    private static uint TimelineOf(string? segment) =>
        segment is not null && WalSegment.TryParse(segment, WalSegment.DefaultSize, out var parsed) ? parsed.Timeline : 0;

    private static string NotListed(string label) =>
        $"pgBackRest does not list the backup {label}: it has expired, or its repository is out of reach.";

    private static bool IsOf(PgBackRestPart part, PgBackRestBackup backup) =>
        part.BackupLabel == backup.Label && part.Repository == backup.Repository && part.SystemIdentifier == backup.SystemIdentifier;

    private static Backup Describe(PgBackRestStanza stanza, LettaDeployment deployment, PgBackRestBackup backup) => new()
    {
        Id = backup.Label,
        Deployment = deployment.Name,
        State = backup.HasPageErrors ? BackupState.Damaged : BackupState.Complete,
        Repository = Scheme + stanza.Name,
        Path = $"{Scheme}{stanza.Name}/{backup.Repository}/{backup.Label}",
        SnapshotTime = backup.StoppedAt,
        Problem = backup.HasPageErrors ? PageErrors : null,
        Manifest = new BackupManifest
        {
            Format = BackupManifest.CurrentFormat, Id = backup.Label, Deployment = deployment.Name, Writer = "pgBackRest",
            StartedAt = backup.StartedAt, CompletedAt = backup.StoppedAt, Files = [], PgBackRest = Part(stanza, deployment, backup),
        },
    };
}
