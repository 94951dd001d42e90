namespace LettaDr;

/// <summary>Whose physical copies a cluster is recovered from.</summary>
internal static class RecoveryEngine
{
    /// <summary>The one asked for; else the one whose copy is the newest.</summary>
    /// <param name="asked">What the user said; null for nothing.</param>
    /// <param name="stanza">The stanza that the user named; null for none.</param>
    /// <param name="sets">The sets of the deployment.</param>
    /// <exception cref="LettaDrException">A stanza was named, and another engine.</exception>
    public static BackupEngine Choose(BackupEngine? asked, string? stanza, IEnumerable<Backup> sets)
    {
        if (asked == BackupEngine.LettaDr && stanza is not null)
        {
            throw new LettaDrException(
                "ParameterMismatch", FaultKind.InvalidArgument, "-Stanza is of pgBackRest, and -Engine LettaDr was said.", "Leave one of the two out.", stanza);
        }

        if (asked is not null || stanza is not null)
        {
            return asked ?? BackupEngine.PgBackRest;
        }

        var newest = sets.Where(set => set.State == BackupState.Complete && (set.Parts & (BackupParts.Cluster | BackupParts.PgBackRest)) != 0)
            .MaxBy(set => set.SnapshotTime);
        return newest?.Parts.HasFlag(BackupParts.PgBackRest) == true ? BackupEngine.PgBackRest : BackupEngine.LettaDr;
    }
}
