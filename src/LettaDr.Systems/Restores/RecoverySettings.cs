using System.Globalization;

namespace LettaDr.Systems;

/// <summary>
/// How a throw-away server is started on the files of a physical copy. Whatever the copy's own configuration says (archiving,
/// replication, listening, preloaded libraries, TLS files) is not to act, so its files are not read, and the command line has the last word.
/// </summary>
internal static class RecoverySettings
{
    /// <summary>What a standby must have as large as the primary had it, by pg_controldata's names for it.</summary>
    private static readonly (string Control, string Setting)[] Capacities =
    [
        ("max_connections", "max_connections"), ("max_worker_processes", "max_worker_processes"), ("max_wal_senders", "max_wal_senders"),
        ("max_prepared_xacts", "max_prepared_transactions"), ("max_locks_per_xact", "max_locks_per_transaction"),
    ];

    /// <summary>Lays the files out that the server is started with.</summary>
    public static void Write(RecoveryExchange exchange)
    {
        exchange.Write("postgresql.conf", string.Empty);
        exchange.Write("pg_ident.conf", string.Empty);
        exchange.Write("pg_hba.conf", "local all all trust\n");
    }

    /// <summary>
    /// The server's arguments. It puts nothing on the disk itself: a machine that dies loses what is recovered either way, and whoever
    /// goes on with the files flushes them once, when the server has shut down.
    /// </summary>
    /// <param name="dataDirectory">The files.</param>
    /// <param name="controlData">What pg_controldata prints of them, and a line for each tablespace.</param>
    /// <param name="stop">Where replay ends and pauses.</param>
    public static IReadOnlyList<string> Arguments(string dataDirectory, string controlData, RecoveryStop stop)
    {
        List<(string Name, string Value)> settings =
        [
            ("config_file", $"{RecoveryExchange.Mount}/postgresql.conf"), ("hba_file", $"{RecoveryExchange.Mount}/pg_hba.conf"),
            ("ident_file", $"{RecoveryExchange.Mount}/pg_ident.conf"), ("listen_addresses", string.Empty),
            ("unix_socket_directories", RecoveryExchange.SocketMount), ("unix_socket_permissions", "0777"), ("port", "5432"), ("ssl", "off"),
            ("archive_mode", "off"), ("primary_conninfo", string.Empty), ("primary_slot_name", string.Empty), ("shared_preload_libraries", string.Empty),
            ("session_preload_libraries", string.Empty), ("logging_collector", "off"), ("log_destination", "stderr"), ("log_line_prefix", string.Empty),
            ("lc_messages", "C"), ("log_min_messages", "warning"), ("hot_standby", "on"), ("max_standby_archive_delay", "-1"),
            ("restore_command", WalFeed.RestoreCommand), ("recovery_target", string.Empty), ("recovery_target_name", string.Empty),
            ("recovery_target_time", string.Empty), ("recovery_target_xid", string.Empty), ("recovery_target_lsn", stop.Lsn.ToString()),
            ("recovery_target_inclusive", stop.Inclusive ? "on" : "off"), ("recovery_target_action", "pause"),
            ("recovery_target_timeline", stop.Timeline is { } timeline ? timeline.ToString(CultureInfo.InvariantCulture) : "current"),
            ("recovery_end_command", string.Empty), ("archive_cleanup_command", string.Empty), ("autovacuum", "off"), ("fsync", "off"),
            ("checkpoint_timeout", "1h"), ("max_wal_size", "1GB"), ("shared_buffers", "256MB"),
            // A tablespace lies inside here; recovery takes that for damage, unless it is told.
            .. ControlData.Find(controlData, "tablespace") is null ? ((string, string)[])[] : [("allow_in_place_tablespaces", "on")],
            .. Capacities.Select(capacity => (capacity.Setting, Value: ControlData.Setting(controlData, capacity.Control)))
                .Where(capacity => capacity.Value is not null)
                .Select(capacity => (capacity.Setting, capacity.Value!.Value.ToString(CultureInfo.InvariantCulture))),
        ];
        return ["-D", dataDirectory, .. settings.SelectMany(setting => new[] { "-c", $"{setting.Name}={setting.Value}" })];
    }
}
