namespace LettaDr.Systems;

/// <summary>Has pgBackRest itself read a backup, those that it needs, and its log: checksums of every file.</summary>
internal sealed class PgBackRestVerifying(IOperationObserver observer) : IBackupPartCheck
{
    /// <inheritdoc/>
    public string Name => "PgBackRestVerifies";

    /// <inheritdoc/>
    public bool ReadsOnly => true;

    /// <inheritdoc/>
    public string? WhyNotAsked(Backup backup) => backup.Parts.HasFlag(BackupParts.PgBackRest) ? null : "The set is of no backup of pgBackRest.";

    /// <inheritdoc/>
    public async Task<string> ProveAsync(Backup backup, CancellationToken cancellationToken)
    {
        var part = backup.Manifest!.PgBackRest!;
        new ProgressMeter(observer, $"Verifying {backup.Id}").Stage("pgBackRest reads every file of it", part.Bytes);
        using var place = await PgBackRestPlace.OpenAsync(part, cancellationToken).ConfigureAwait(false);
        var program = new PgBackRestProgram(place.Host);
        var output = await program.VerifyAsync(part.Stanza, part.BackupLabel, part.Repository, cancellationToken).ConfigureAwait(false);
        var problems = PgBackRestVerification.Problems(output, part.BackupLabel, part.References);
        return problems.Count == 0
            ? $"pgbackrest verify read {part}{(part.References.Count > 0 ? $" and the {part.References.Count} that it needs" : string.Empty)}, and its log: every checksum holds."
            : throw new LettaDrException(
                "PgBackRestDataDamaged", FaultKind.DataCorrupt, string.Join(" ", problems),
                "Make a full backup now (Backup-LettaDatabase -Engine PgBackRest -Type Base).", backup.Id);
    }
}
