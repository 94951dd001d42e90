SELECT pg_catalog.format('The rows of foreign table %I.%I are on another server and not in the set.', n.nspname, c.relname)
FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind = 'f' AND n.nspname NOT LIKE 'pg\_%'
UNION ALL
SELECT pg_catalog.format('%s prepared transaction(s) were in doubt; their changes are not in the set.', pg_catalog.count(*))
FROM pg_catalog.pg_prepared_xacts WHERE database = pg_catalog.current_database() HAVING pg_catalog.count(*) > 0
UNION ALL
SELECT pg_catalog.format('The rows of %s, a configuration table of extension %I, are in the archive but have no fingerprint.',
    u.config::pg_catalog.regclass, e.extname)
FROM pg_catalog.pg_extension AS e CROSS JOIN LATERAL pg_catalog.unnest(e.extconfig) AS u (config)
