-- Every column of a pgvector type whose values can be measured, with the key that a row is named by.
SELECT c.oid::pg_catalog.regclass::text, pg_catalog.quote_ident(a.attname), a.atttypmod, pg_catalog.quote_ident(e_n.nspname), t.typname,
    pg_catalog.has_table_privilege(c.oid, 'SELECT') AND pg_catalog.has_schema_privilege(c.relnamespace, 'USAGE')
        AND pg_catalog.has_schema_privilege(e_n.oid, 'USAGE'),
    pg_catalog.pg_table_size(c.oid),
    COALESCE((SELECT 'pg_catalog.concat_ws('', '', ' || pg_catalog.string_agg(pg_catalog.quote_ident(k.attname) || '::pg_catalog.text', ', ' ORDER BY u.position) || ')'
        FROM pg_catalog.pg_index AS i
        CROSS JOIN LATERAL pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY AS u (number, position)
        JOIN pg_catalog.pg_attribute AS k ON k.attrelid = i.indrelid AND k.attnum = u.number
        WHERE i.indrelid = c.oid AND i.indisprimary), 'ctid::pg_catalog.text')
FROM pg_catalog.pg_attribute AS a
JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid
JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
JOIN pg_catalog.pg_depend AS d ON d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND d.objid = t.oid AND d.deptype = 'e'
JOIN pg_catalog.pg_extension AS e ON e.oid = d.refobjid AND e.extname = 'vector'
JOIN pg_catalog.pg_namespace AS e_n ON e_n.oid = e.extnamespace
WHERE c.relkind IN ('r', 'm') AND c.relpersistence <> 't' AND a.attnum > 0 AND NOT a.attisdropped AND t.typname IN ('vector', 'halfvec')
ORDER BY 1, 2
