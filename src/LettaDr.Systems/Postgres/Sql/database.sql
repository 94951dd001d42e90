-- One row: the database and its server as a whole.
SELECT d.datname, r.rolname AS owner, pg_catalog.current_setting('server_version') AS server_version,
    pg_catalog.current_setting('server_version_num')::int AS server_version_number,
    pg_catalog.pg_encoding_to_char(d.encoding) AS encoding,
    COALESCE(pg_catalog.to_jsonb(d) ->> 'datlocprovider', 'c') AS locale_provider,
    d.datcollate, d.datctype,
    COALESCE(pg_catalog.to_jsonb(d) ->> 'datlocale', pg_catalog.to_jsonb(d) ->> 'daticulocale') AS provider_locale,
    pg_catalog.to_jsonb(d) ->> 'datcollversion' AS collation_version,
    d.datconnlimit,
    pg_catalog.shobj_description(d.oid, 'pg_database') AS comment,
    pg_catalog.pg_database_size(d.oid) AS bytes,
    d.datacl IS NULL AS default_privileges,
    pg_catalog.now() AS snapshot_time,
    CASE WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_replay_lsn() ELSE pg_catalog.pg_current_wal_insert_lsn() END::text AS lsn
FROM pg_catalog.pg_database AS d
JOIN pg_catalog.pg_roles AS r ON r.oid = d.datdba
WHERE d.datname = pg_catalog.current_database()
