-- One row: what a physical copy of the cluster depends on.
SELECT pg_catalog.pg_is_in_recovery() AS is_standby,
    pg_catalog.current_setting('server_version') AS server_version,
    pg_catalog.current_setting('server_version_num')::int AS server_version_number,
    pg_catalog.current_setting('wal_level') AS wal_level,
    pg_catalog.current_setting('max_wal_senders')::int AS senders,
    (SELECT pg_catalog.count(*) FROM pg_catalog.pg_stat_replication)::int AS senders_in_use,
    pg_catalog.current_setting('max_replication_slots')::int AS slots,
    (SELECT pg_catalog.count(*) FROM pg_catalog.pg_replication_slots)::int AS slots_in_use,
    r.rolreplication OR r.rolsuper AS may_replicate,
    pg_catalog.has_function_privilege('pg_catalog.pg_read_binary_file(text, bigint, bigint)', 'EXECUTE') AS may_read_log,
    COALESCE((SELECT setting FROM pg_catalog.pg_settings WHERE name = 'summarize_wal'), 'off') = 'on' AS summarizes,
    (SELECT setting::int FROM pg_catalog.pg_settings WHERE name = 'wal_segment_size') AS segment_size,
    -- Sizes of what the role may not measure are not known before the copy has been made.
    (SELECT COALESCE(pg_catalog.sum(CASE
            WHEN pg_catalog.pg_has_role('pg_read_all_stats', 'USAGE') OR pg_catalog.has_tablespace_privilege(oid, 'CREATE')
            THEN pg_catalog.pg_tablespace_size(oid) END), 0)::bigint FROM pg_catalog.pg_tablespace) AS bytes,
    (SELECT pg_catalog.count(*) FROM pg_catalog.pg_tablespace WHERE spcname NOT IN ('pg_default', 'pg_global'))::int AS tablespaces,
    (SELECT system_identifier::text FROM pg_catalog.pg_control_system()) AS system_identifier,
    (SELECT timeline_id FROM pg_catalog.pg_control_checkpoint()) AS timeline
FROM pg_catalog.pg_roles AS r
WHERE r.rolname = CURRENT_USER
