SELECT pg_catalog.current_setting('server_version'), pg_catalog.current_setting('server_version_num')::int,
    pg_catalog.pg_is_in_recovery(), r.rolname, r.rolsuper, r.rolcreatedb, (SELECT setting FROM pg_catalog.pg_settings WHERE name = 'data_directory')
FROM pg_catalog.pg_roles AS r WHERE r.rolname = CURRENT_USER
