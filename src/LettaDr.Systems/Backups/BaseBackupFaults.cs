namespace LettaDr.Systems;

/// <summary>Turns what pg_basebackup says into one sentence and its remedy.</summary>
internal static class BaseBackupFaults
{
    /// <summary>Whether it was built without zstd, or with one that has no threads.</summary>
    public static bool CannotCompress(LettaDrException failure) => failure.Id == "ProgramFailed"
        && (failure.Message.Contains("does not support compression", StringComparison.Ordinal)
            || failure.Message.Contains("compression worker count", StringComparison.Ordinal));

    /// <summary>Null for what is not known.</summary>
    public static LettaDrException? Translate(LettaDrException failure)
    {
        bool Says(string words) => failure.Message.Contains(words, StringComparison.Ordinal);
        if (Says("no pg_hba.conf entry for replication"))
        {
            return Fault(
                "ReplicationRefused", FaultKind.PermissionDenied, "pg_hba.conf does not let this role in for replication",
                "Add a line like 'host replication all 127.0.0.1/32 scram-sha-256' to the server's pg_hba.conf, and reload it.");
        }

        if (Says("max_wal_senders"))
        {
            return Fault("NoWalSenderFree", FaultKind.Busy, "all of the server's WAL senders are in use", "Raise max_wal_senders, or end a replication that is not needed.");
        }

        if (Says("WAL summar"))
        {
            return Fault(
                "WalSummariesMissing", FaultKind.Incompatible, "the server no longer has all the summaries of its log since the parent was made",
                "Make a full one: Backup-LettaDatabase -Type Base. To keep summaries longer, raise wal_summary_keep_time.");
        }

        return Says("checksum error")
            ? Fault(
                "PageChecksumsWrong", FaultKind.DataCorrupt, "pages of the cluster are damaged on the server's disk",
                "See which with Test-LettaConsistency; Get-LettaRunbook DatabaseCorruption tells what to do.")
            : null;

        LettaDrException Fault(string id, FaultKind kind, string what, string remedy) =>
            new(id, kind, $"The cluster cannot be copied: {what}. {failure.Message}", remedy, failure.Target, failure);
    }
}
