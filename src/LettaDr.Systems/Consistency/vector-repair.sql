-- Every index for nearest neighbours, usable or not, and of which other index it is a leftover of REINDEX CONCURRENTLY.
WITH indexes AS (
    SELECT c.oid, c.relname, i.indrelid, am.amname, i.indisvalid AND i.indisready AND i.indislive AS valid, c.relnamespace, c.reltablespace,
        pg_catalog.split_part(pg_catalog.pg_get_indexdef(c.oid), ' ON ', 2) AS definition
    FROM pg_catalog.pg_index AS i
    JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
    JOIN pg_catalog.pg_am AS am ON am.oid = c.relam
    WHERE am.amname IN ('hnsw', 'ivfflat') AND c.relkind = 'i' AND c.relpersistence <> 't')
SELECT x.oid::pg_catalog.regclass::text, x.relname, x.indrelid::pg_catalog.regclass::text, x.amname, x.valid,
    pg_catalog.pg_relation_size(x.oid), pg_catalog.pg_table_size(x.indrelid), x.reltablespace = 0,
    (SELECT o.oid::pg_catalog.regclass::text FROM indexes AS o
        WHERE NOT x.valid AND o.oid <> x.oid AND o.indrelid = x.indrelid AND o.definition = x.definition
            AND x.relname ~ '_cc(new|old)[0-9]*$' AND o.relname !~ '_cc(new|old)[0-9]*$'
            -- The server cuts the name at 63 bytes to make room for the ending.
            AND pg_catalog.starts_with(o.relname, pg_catalog.regexp_replace(x.relname, '_cc(new|old)[0-9]*$', '')) LIMIT 1),
    EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index AS p WHERE p.datname = pg_catalog.current_database() AND p.relid = x.indrelid),
    x.oid
FROM indexes AS x
ORDER BY 1
