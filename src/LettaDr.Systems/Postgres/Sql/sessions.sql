SELECT pid, usename, application_name, client_addr::text, state, backend_start
FROM pg_catalog.pg_stat_activity
WHERE datname = $1 AND pid <> pg_catalog.pg_backend_pid() AND backend_type = 'client backend'
ORDER BY backend_start
