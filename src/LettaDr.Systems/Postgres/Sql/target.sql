SELECT pg_catalog.current_setting('server_version'), pg_catalog.current_setting('server_version_num')::int,
    pg_catalog.pg_is_in_recovery(), r.rolname, r.rolsuper, r.rolcreatedb, pg_catalog.current_setting('data_directory', true)
FROM pg_catalog.pg_roles AS r WHERE r.rolname = CURRENT_USER
