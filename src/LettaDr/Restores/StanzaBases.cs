namespace LettaDr;

/// <summary>The backups of a stanza of pgBackRest, and the log that is archived there.</summary>
/// <param name="stanza">The stanza's name.</param>
/// <param name="backups">Its backups, with their proofs where there are any.</param>
/// <param name="log">The log of one cluster.</param>
/// <param name="segmentSize">Bytes of each of its segments.</param>
internal sealed class StanzaBases(string stanza, IReadOnlyList<Backup> backups, IWalArchive log, int segmentSize) : IRecoveryBases
{
    /// <inheritdoc/>
    public string? LaterLog =>
        $"The server archives a segment when it is full: where it runs, 'pgbackrest --stanza={stanza} check' has it archive what it holds.";

    /// <inheritdoc/>
    public IReadOnlyList<RecoveryBase> Find(uint? timeline, CancellationToken cancellationToken)
    {
        var copies = backups.Where(backup => backup.State == BackupState.Complete)
            .Select(backup => (Backup: backup, Part: Describe(backup.Manifest!.PgBackRest!)))
            .Where(found => found.Part?.SystemIdentifier == log.SystemIdentifier).ToList();
        var timelines = new RecoveryTimelines($"stanza {stanza}", log, [.. copies.Select(copy => copy.Part!)], []);
        var history = timelines.Choose(timeline, cancellationToken);
        List<RecoveryBase> usable =
        [
            .. copies.Where(copy => RecoveryBase.IsOnTheWay(copy.Part!, history))
                .Select(copy => new RecoveryBase(copy.Backup, [copy.Backup], copy.Part!, log, history, timelines)),
        ];
        return usable.Count > 0 ? usable : throw new LettaDrException(
            "BaseBackupMissing", FaultKind.NotFound,
            $"None of the {backups.Count} backups of stanza {stanza} is whole, of cluster {log.SystemIdentifier}, and on the way to timeline {history.Timeline}.",
            "Name another -Timeline, or make a backup (Backup-LettaDatabase -Engine PgBackRest -Type Base).", stanza);
    }

    /// <summary>A backup as a recovery sees it: pgBackRest lays out whole what it copied in parts. Null where an old pgBackRest does not tell enough.</summary>
    private ClusterPart? Describe(PgBackRestPart part) => part is not { StartLsn: { } start, EndLsn: { } end, Timeline: > 0 } ? null : new ClusterPart
    {
        Type = BaseBackupType.Full,
        // pgBackRest tells when a backup ended in whole seconds: what was committed within that one may be in it.
        SnapshotTime = part.SnapshotLsn is null ? part.SnapshotTime.AddSeconds(1) : part.SnapshotTime,
        StartLsn = start, EndLsn = end, SnapshotLsn = part.SnapshotLsn ?? end, Timeline = part.Timeline, WalSegmentSize = segmentSize,
        SystemIdentifier = part.SystemIdentifier, Database = part.Database, ServerVersion = part.ServerVersion, Image = part.Image,
        ImageDigest = part.ImageDigest, Tables = part.Tables, Rows = part.Rows, Bytes = part.Bytes,
    };
}
