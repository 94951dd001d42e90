using Npgsql;

namespace LettaDr.Systems;

/// <summary>Finds out beforehand whether a cluster can be copied physically.</summary>
internal sealed class ClusterPreflight(DatabaseEndpoint endpoint)
{
    private const int FirstWithManifest = 13;
    private const int FirstWithSummaries = 17;

    /// <summary>How many tablespaces lie outside the data directory.</summary>
    public int Tablespaces { get; private set; }

    /// <summary>The server's major version.</summary>
    public int Major { get; private set; }

    /// <summary>The cluster as it is.</summary>
    /// <exception cref="LettaDrException">It cannot be copied; the remedy says how it could be.</exception>
    public async Task<ClusterState> RunAsync(NpgsqlConnection connection, BaseBackupType type, CancellationToken cancellationToken)
    {
        var states = await PostgresConnector.QueryAsync(
            connection,
            PostgresSql.Cluster,
            row =>
            {
                Check(row, type);
                return new ClusterState
                {
                    SystemIdentifier = row.GetString(14), ServerVersion = row.GetString(1), Timeline = checked((uint)row.GetInt32(15)),
                    SegmentSize = row.GetInt32(11), Bytes = row.GetInt64(12),
                };
            },
            cancellationToken).ConfigureAwait(false);
        return states[0];
    }

    private void Check(NpgsqlDataReader row, BaseBackupType type)
    {
        Major = row.GetInt32(2) / 10000;
        Tablespaces = row.GetInt32(13);
        if (row.GetBoolean(0))
        {
            throw Refused("ServerIsStandby", FaultKind.Incompatible, "is a standby, which sets no position of its own in the log", "Copy its primary.");
        }

        if (Major < FirstWithManifest)
        {
            throw Refused(
                "ServerTooOld", FaultKind.Incompatible, $"is PostgreSQL {row.GetString(1)}, which makes no manifest of a copy",
                "Physical copies need PostgreSQL 13 or later; Backup-LettaDatabase -Type Logical works with this one.");
        }

        if (!row.GetBoolean(8))
        {
            throw Refused(
                "ReplicationNotAllowed", FaultKind.PermissionDenied, $"does not let the role {endpoint.UserName} replicate",
                $"Say ALTER ROLE {PostgresName.Quote(endpoint.UserName)} REPLICATION as a superuser, or name another role by -Credential.");
        }

        if (!row.GetBoolean(9))
        {
            throw Refused(
                "ReadingLogNotAllowed", FaultKind.PermissionDenied, $"does not let the role {endpoint.UserName} read its log",
                $"Say GRANT EXECUTE ON FUNCTION pg_read_binary_file(text, bigint, bigint) TO {PostgresName.Quote(endpoint.UserName)} in database {endpoint.Database} as a superuser, or name another role by -Credential.");
        }

        if (row.GetString(3) == "minimal")
        {
            throw Refused("WalLevelMinimal", FaultKind.Incompatible, "writes too little log to recover a copy (wal_level is minimal)", "Set wal_level to replica, and restart the server.");
        }

        if (type == BaseBackupType.Incremental && !row.GetBoolean(10))
        {
            throw Major < FirstWithSummaries
                ? Refused(
                    "ServerTooOld", FaultKind.Incompatible, $"is PostgreSQL {row.GetString(1)}, which cannot copy what has changed alone",
                    "Incremental copies need PostgreSQL 17 or later; use -Type Base.")
                : Refused(
                    "WalNotSummarized", FaultKind.Incompatible, "does not keep account of what changes (summarize_wal is off)",
                    "Say ALTER SYSTEM SET summarize_wal = on, then SELECT pg_reload_conf(), make a full copy (-Type Base), and incremental ones from then on.");
        }

        if (type == BaseBackupType.Incremental && Tablespaces > 0)
        {
            throw Refused(
                "TablespacesNotIncremental", FaultKind.Incompatible, "has tablespaces, and incremental copies of those are not made",
                "Make a full one: Backup-LettaDatabase -Type Base.");
        }

        CheckFree("WalSenders", "max_wal_senders", row.GetInt32(4), row.GetInt32(5));
        CheckFree("ReplicationSlots", "max_replication_slots", row.GetInt32(6), row.GetInt32(7));
    }

    private void CheckFree(string what, string setting, int all, int used)
    {
        if (used >= all)
        {
            throw Refused(
                $"No{what}Free", FaultKind.Busy, all == 0 ? $"allows no replication ({setting} is 0)" : $"has none of its {all} {setting} free",
                $"Raise {setting} and restart the server{(all == 0 ? string.Empty : ", or end a replication that is not needed")}.");
        }
    }

    private LettaDrException Refused(string id, FaultKind kind, string what, string remedy) =>
        new(id, kind, $"The server at {endpoint.Host}:{endpoint.Port} {what}.", remedy, endpoint);
}
