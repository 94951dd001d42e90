SELECT i.indexrelid::bigint, i.indexrelid::pg_catalog.regclass::text,
    pg_catalog.pg_relation_size(i.indexrelid) + pg_catalog.pg_relation_size(i.indrelid)
FROM pg_catalog.pg_index AS i
JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
JOIN pg_catalog.pg_am AS am ON am.oid = c.relam
WHERE am.amname = 'btree' AND c.relkind = 'i' AND c.relpersistence = 'p' AND i.indisvalid AND i.indisready AND i.indislive
    AND c.relnamespace::pg_catalog.regnamespace::text NOT LIKE 'pg\_temp%' AND c.relnamespace::pg_catalog.regnamespace::text <> 'pg_toast'
ORDER BY pg_catalog.pg_relation_size(i.indexrelid) DESC, 2
