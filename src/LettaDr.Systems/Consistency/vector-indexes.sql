-- Every usable index for nearest neighbours: what it orders by, and the distance that it orders it in.
SELECT i.indexrelid::pg_catalog.regclass::text, pg_catalog.quote_ident(c.relname), i.indrelid::pg_catalog.regclass::text,
    CASE WHEN i.indkey[0] = 0 THEN '(' || pg_catalog.pg_get_indexdef(i.indexrelid, 1, false) || ')' ELSE pg_catalog.pg_get_indexdef(i.indexrelid, 1, false) END,
    pg_catalog.format('OPERATOR(%I.%s)', o_n.nspname, o.oprname),
    pg_catalog.format_type(o.oprright, -1),
    COALESCE(pg_catalog.pg_get_expr(i.indpred, i.indrelid), 'true'),
    GREATEST(r.reltuples, 0)::bigint,
    pg_catalog.has_table_privilege(i.indrelid, 'SELECT') AND pg_catalog.has_schema_privilege(r.relnamespace, 'USAGE')
        AND pg_catalog.has_schema_privilege(o_n.oid, 'USAGE'),
    pg_catalog.pg_table_size(i.indrelid)
FROM pg_catalog.pg_index AS i
JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
JOIN pg_catalog.pg_class AS r ON r.oid = i.indrelid
JOIN pg_catalog.pg_am AS am ON am.oid = c.relam
JOIN pg_catalog.pg_opclass AS k ON k.oid = i.indclass[0]
JOIN pg_catalog.pg_amop AS p ON p.amopfamily = k.opcfamily AND p.amoplefttype = k.opcintype AND p.amoppurpose = 'o'
JOIN pg_catalog.pg_operator AS o ON o.oid = p.amopopr
JOIN pg_catalog.pg_namespace AS o_n ON o_n.oid = o.oprnamespace
WHERE am.amname IN ('hnsw', 'ivfflat') AND c.relkind = 'i' AND i.indisvalid AND i.indisready AND i.indislive AND c.relpersistence <> 't'
ORDER BY 1
