-- Sequences and the numeric columns that they feed: by ownership, and by the column's default (Letta's message_seq_id is owned by none).
SELECT DISTINCT d.sequence::pg_catalog.regclass::text, c.oid::pg_catalog.regclass::text, pg_catalog.quote_ident(a.attname), s.seqincrement,
    pg_catalog.has_sequence_privilege(d.sequence, 'SELECT') AND pg_catalog.has_schema_privilege(q.relnamespace, 'USAGE')
        AND pg_catalog.has_table_privilege(c.oid, 'SELECT') AND pg_catalog.has_schema_privilege(c.relnamespace, 'USAGE'),
    pg_catalog.pg_relation_size(c.oid)
FROM (
    SELECT objid AS sequence, refobjid AS relation, refobjsubid AS attribute
    FROM pg_catalog.pg_depend
    WHERE classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
        AND deptype IN ('a', 'i') AND refobjsubid > 0
    UNION
    SELECT u.refobjid, f.adrelid, f.adnum
    FROM pg_catalog.pg_depend AS u JOIN pg_catalog.pg_attrdef AS f ON f.oid = u.objid
    WHERE u.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND u.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
) AS d
JOIN pg_catalog.pg_sequence AS s ON s.seqrelid = d.sequence
JOIN pg_catalog.pg_class AS q ON q.oid = d.sequence
JOIN pg_catalog.pg_class AS c ON c.oid = d.relation
JOIN pg_catalog.pg_attribute AS a ON a.attrelid = d.relation AND a.attnum = d.attribute
JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
WHERE t.typcategory = 'N' AND NOT s.seqcycle AND c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND q.relpersistence <> 't'
ORDER BY 1, 2, 3
