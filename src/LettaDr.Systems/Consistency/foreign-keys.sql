-- Every foreign key of a user's table, enforced or not. A key of a partitioned table stands for those of its partitions.
SELECT pg_catalog.format('%s (%s)', k.conrelid::pg_catalog.regclass, k.conname) AS name,
    CASE c.relkind WHEN 'p' THEN '' ELSE 'ONLY ' END || k.conrelid::pg_catalog.regclass::text AS child,
    CASE p.relkind WHEN 'p' THEN '' ELSE 'ONLY ' END || k.confrelid::pg_catalog.regclass::text AS parent,
    pg_catalog.array_agg(pg_catalog.quote_ident(ca.attname) ORDER BY u.position) AS columns,
    -- As the trigger asks: the key's own operator, and the parent's collation where the two differ.
    pg_catalog.array_agg(pg_catalog.format('p.%I OPERATOR(%I.%s) c.%I%s', pa.attname, o_n.nspname, o.oprname, ca.attname,
        CASE WHEN pa.attcollation <> 0 AND pa.attcollation <> ca.attcollation
            THEN (SELECT pg_catalog.format(' COLLATE %I.%I', n.nspname, l.collname)
                FROM pg_catalog.pg_collation AS l JOIN pg_catalog.pg_namespace AS n ON n.oid = l.collnamespace WHERE l.oid = pa.attcollation)
        END) ORDER BY u.position) AS matches,
    k.confmatchtype = 'f' AS match_full,
    pg_catalog.has_table_privilege(k.conrelid, 'SELECT') AND pg_catalog.has_schema_privilege(c.relnamespace, 'USAGE')
        AND pg_catalog.has_table_privilege(k.confrelid, 'SELECT') AND pg_catalog.has_schema_privilege(p.relnamespace, 'USAGE') AS readable,
    pg_catalog.pg_relation_size(k.conrelid) AS bytes
FROM pg_catalog.pg_constraint AS k
JOIN pg_catalog.pg_class AS c ON c.oid = k.conrelid
JOIN pg_catalog.pg_class AS p ON p.oid = k.confrelid
CROSS JOIN LATERAL unnest(k.conkey, k.confkey, k.conpfeqop) WITH ORDINALITY AS u (child_column, parent_column, operator, position)
JOIN pg_catalog.pg_attribute AS ca ON ca.attrelid = k.conrelid AND ca.attnum = u.child_column
JOIN pg_catalog.pg_attribute AS pa ON pa.attrelid = k.confrelid AND pa.attnum = u.parent_column
JOIN pg_catalog.pg_operator AS o ON o.oid = u.operator
JOIN pg_catalog.pg_namespace AS o_n ON o_n.oid = o.oprnamespace
-- A key over periods (PostgreSQL 18) does not ask for equality.
WHERE k.contype = 'f' AND k.conparentid = 0 AND c.relpersistence <> 't'
    AND COALESCE((pg_catalog.to_jsonb(k) ->> 'conperiod')::boolean, false) = false
GROUP BY k.oid, k.conrelid, k.confrelid, k.conname, k.confmatchtype, c.relkind, p.relkind, c.relnamespace, p.relnamespace
ORDER BY k.conrelid::pg_catalog.regclass::text, k.conname
