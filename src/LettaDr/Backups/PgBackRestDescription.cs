using System.Globalization;

namespace LettaDr;

/// <summary>Tells in words what a backup by pgBackRest would do, and how one is restored by hand.</summary>
internal static class PgBackRestDescription
{
    public static string Plan(BackupRequest request, PgBackRestStanza stanza, PgBackRestRequest asked, string place, string repository) => string.Join(
        Environment.NewLine,
        $"Have pgBackRest in {place} back up the cluster of {request.Deployment.Database} (stanza {stanza.Name}), and keep the proof in {repository}:",
        string.Create(CultureInfo.InvariantCulture, $"  1. pgbackrest backup, {asked.Type.ToString().ToLowerInvariant()}, to {(asked.Repository is { } number ? $"repository {number}" : "the repository that it chooses")}; it has {stanza.Backups.Count} backups, and expires old ones by its own rules"),
        "  2. take a snapshot, and find the position in the log that equals it",
        $"  3. fingerprint every table of {request.Deployment.Database.Database} in the snapshot, over {request.Jobs} connections",
        "  4. pgbackrest check: the server begins a new segment, and the log up to the snapshot is in pgBackRest's archive",
        "  5. write the manifest and make the set visible in one step");

    /// <summary>The section of RESTORE.txt.</summary>
    public static string Instructions(PgBackRestPart part) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        THE CLUSTER OF DATABASE {part.Database}, kept by pgBackRest: {part}, repository {part.Repository}
        Server: PostgreSQL {part.ServerVersion}; image {part.Image ?? "not recorded"} {part.ImageDigest}
        This set holds the proof alone. The data are in pgBackRest's own repository, which its configuration (pgbackrest.conf) names: keep that, and the
        repository's cipher passphrase, where a loss of this machine does not reach them.

        To restore with LettaDr: Restore-LettaDatabase recovers this set to its own moment; -PointInTime, -Lsn, -RestorePoint and -Latest go on from it along
        the archived log. The live cluster stays as it is until what was recovered has been compared, and is kept aside then.

        To restore without LettaDr, where pgBackRest and its configuration are, as the user that owns the cluster, with the server stopped:
             pgbackrest --stanza={part.Stanza} --repo={part.Repository} info
             pgbackrest --stanza={part.Stanza} --repo={part.Repository} --set={part.BackupLabel} --delta --type=lsn --target={part.SnapshotLsn} --target-exclusive \
                 --target-timeline={part.Timeline} --target-action=promote restore
        Then start the server. For the newest state say --type=default instead of --type=lsn with its targets; for a moment,
        --type=time --target='2026-03-01 12:00:00+00'.
        """);
}
