-- Every object of the schema that a restore must bring back: kind, identity, definition. Names come out qualified, because the
-- session's search path is empty. What belongs to an extension comes with the extension.
WITH extension_member AS (
    SELECT classid, objid FROM pg_catalog.pg_depend WHERE deptype = 'e'
), user_schema AS (
    SELECT n.oid, n.nspname, n.nspowner, n.nspacl
    FROM pg_catalog.pg_namespace AS n
    WHERE n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
        AND NOT EXISTS (SELECT FROM extension_member AS m WHERE m.classid = 'pg_catalog.pg_namespace'::pg_catalog.regclass AND m.objid = n.oid)
), relation AS (
    SELECT c.*, pg_catalog.format('%I.%I', n.nspname, c.relname) AS identity
    FROM pg_catalog.pg_class AS c
    JOIN user_schema AS n ON n.oid = c.relnamespace
    WHERE c.relpersistence <> 't'
        AND NOT EXISTS (SELECT FROM extension_member AS m WHERE m.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND m.objid = c.oid)
), type AS (
    SELECT t.*, pg_catalog.format('%I.%I', n.nspname, t.typname) AS identity
    FROM pg_catalog.pg_type AS t
    JOIN user_schema AS n ON n.oid = t.typnamespace
    WHERE NOT EXISTS (SELECT FROM extension_member AS m WHERE m.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND m.objid = t.oid)
), routine AS (
    SELECT p.*, p.oid::pg_catalog.regprocedure::text AS identity
    FROM pg_catalog.pg_proc AS p
    JOIN user_schema AS n ON n.oid = p.pronamespace
    WHERE NOT EXISTS (SELECT FROM extension_member AS m WHERE m.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND m.objid = p.oid)
), owned AS (
    SELECT 'schema'::text AS kind, pg_catalog.quote_ident(nspname) AS identity, nspowner AS owner,
        COALESCE(nspacl, pg_catalog.acldefault('n', nspowner)) AS acl
    FROM user_schema
    UNION ALL
    SELECT 'relation', identity, relowner,
        COALESCE(relacl, pg_catalog.acldefault(CASE relkind WHEN 'S' THEN 's'::"char" ELSE 'r'::"char" END, relowner))
    FROM relation WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
    UNION ALL
    SELECT 'routine', identity, proowner, COALESCE(proacl, pg_catalog.acldefault('f', proowner)) FROM routine
    UNION ALL
    SELECT 'type', identity, typowner, COALESCE(typacl, pg_catalog.acldefault('T', typowner))
    FROM type WHERE typtype IN ('e', 'd', 'r') OR (typtype = 'c' AND EXISTS (
        SELECT FROM pg_catalog.pg_class AS c WHERE c.oid = typrelid AND c.relkind = 'c'))
)
SELECT 'schema' AS kind, pg_catalog.quote_ident(nspname) AS identity, '' AS definition FROM user_schema
UNION ALL
SELECT 'enum', t.identity, (SELECT pg_catalog.string_agg(pg_catalog.quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
    FROM pg_catalog.pg_enum AS e WHERE e.enumtypid = t.oid)
FROM type AS t WHERE t.typtype = 'e'
UNION ALL
SELECT 'domain', t.identity, pg_catalog.concat_ws(' ', pg_catalog.format_type(t.typbasetype, t.typtypmod),
    CASE WHEN t.typnotnull THEN 'NOT NULL' END, 'DEFAULT ' || t.typdefault,
    (SELECT pg_catalog.string_agg(pg_catalog.pg_get_constraintdef(k.oid), ' ' ORDER BY k.conname)
        FROM pg_catalog.pg_constraint AS k WHERE k.contypid = t.oid))
FROM type AS t WHERE t.typtype = 'd'
UNION ALL
SELECT 'range', t.identity, pg_catalog.format_type(r.rngsubtype, NULL)
FROM type AS t JOIN pg_catalog.pg_range AS r ON r.rngtypid = t.oid WHERE t.typtype = 'r'
UNION ALL
SELECT 'composite', c.identity, (SELECT pg_catalog.string_agg(
        pg_catalog.format('%I %s', a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod)), ', ' ORDER BY a.attnum)
    FROM pg_catalog.pg_attribute AS a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)
FROM relation AS c WHERE c.relkind = 'c'
UNION ALL
SELECT 'table', c.identity, pg_catalog.concat_ws(' ', 'kind ' || c.relkind::text, 'persistence ' || c.relpersistence::text,
    'method ' || am.amname, CASE WHEN c.relrowsecurity THEN 'row security' END, CASE WHEN c.relforcerowsecurity THEN 'forced' END,
    'replica identity ' || c.relreplident::text, (SELECT 'with (' || pg_catalog.string_agg(o, ', ' ORDER BY o) || ')' FROM pg_catalog.unnest(c.reloptions) AS o),
    'of ' || NULLIF(c.reloftype, 0)::pg_catalog.regtype::text, 'partition by ' || pg_catalog.pg_get_partkeydef(c.oid),
    CASE WHEN c.relispartition THEN pg_catalog.pg_get_expr(c.relpartbound, c.oid) END,
    (SELECT 'inherits ' || pg_catalog.string_agg(i.inhparent::pg_catalog.regclass::text, ', ' ORDER BY i.inhseqno)
        FROM pg_catalog.pg_inherits AS i WHERE i.inhrelid = c.oid))
FROM relation AS c LEFT JOIN pg_catalog.pg_am AS am ON am.oid = c.relam
WHERE c.relkind IN ('r', 'p', 'f')
UNION ALL
SELECT 'column', pg_catalog.format('%s.%I', c.identity, a.attname), pg_catalog.concat_ws(' ',
    'position ' || (pg_catalog.row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum))::text,
    pg_catalog.format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'NOT NULL' END,
    CASE a.attgenerated WHEN '' THEN 'DEFAULT ' ELSE 'GENERATED ' || a.attgenerated::text || ' ' END || pg_catalog.pg_get_expr(ad.adbin, ad.adrelid),
    'identity ' || NULLIF(a.attidentity, '')::text, 'storage ' || a.attstorage::text,
    'compression ' || NULLIF(pg_catalog.to_jsonb(a) ->> 'attcompression', ''),
    'collation ' || (SELECT pg_catalog.format('%I.%I', n.nspname, l.collname) FROM pg_catalog.pg_collation AS l
        JOIN pg_catalog.pg_namespace AS n ON n.oid = l.collnamespace WHERE l.oid = a.attcollation AND l.collname <> 'default'),
    CASE WHEN NOT a.attislocal THEN 'inherited' END)
FROM relation AS c
JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_catalog.pg_attrdef AS ad ON ad.adrelid = a.attrelid AND ad.adnum = a.attnum
WHERE c.relkind IN ('r', 'p', 'f')
UNION ALL
SELECT 'constraint', pg_catalog.format('%s.%I', c.identity, k.conname),
    pg_catalog.pg_get_constraintdef(k.oid) || CASE WHEN k.convalidated THEN '' ELSE ' (not validated)' END
FROM pg_catalog.pg_constraint AS k JOIN relation AS c ON c.oid = k.conrelid
WHERE k.contype <> 't'
UNION ALL
SELECT 'index', c.identity, pg_catalog.pg_get_indexdef(i.indexrelid) || CASE WHEN i.indisvalid AND i.indisready THEN '' ELSE ' (invalid)' END
    || CASE WHEN i.indisclustered THEN ' (clustered)' ELSE '' END || CASE WHEN i.indisreplident THEN ' (replica identity)' ELSE '' END
FROM pg_catalog.pg_index AS i JOIN relation AS c ON c.oid = i.indexrelid
UNION ALL
SELECT CASE c.relkind WHEN 'v' THEN 'view' ELSE 'materialized view' END, c.identity,
    CASE WHEN c.relkind = 'm' AND NOT c.relispopulated THEN '(not populated) ' ELSE '' END || pg_catalog.pg_get_viewdef(c.oid)
FROM relation AS c WHERE c.relkind IN ('v', 'm')
UNION ALL
SELECT 'sequence', c.identity, pg_catalog.format('%s start %s min %s max %s increment %s cache %s cycle %s owned by %s',
    pg_catalog.format_type(s.seqtypid, NULL), s.seqstart, s.seqmin, s.seqmax, s.seqincrement, s.seqcache, s.seqcycle,
    (SELECT pg_catalog.format('%s.%I', d.refobjid::pg_catalog.regclass, a.attname) FROM pg_catalog.pg_depend AS d
        JOIN pg_catalog.pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
        WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i')
            AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass LIMIT 1))
FROM relation AS c JOIN pg_catalog.pg_sequence AS s ON s.seqrelid = c.oid
UNION ALL
SELECT 'routine', r.identity, CASE WHEN r.prokind = 'a' THEN 'aggregate ' || pg_catalog.pg_get_function_result(r.oid)
    ELSE pg_catalog.pg_get_functiondef(r.oid) END
FROM routine AS r
UNION ALL
SELECT 'trigger', pg_catalog.format('%s.%I', c.identity, t.tgname), pg_catalog.pg_get_triggerdef(t.oid) || ' (enabled ' || t.tgenabled::text || ')'
FROM pg_catalog.pg_trigger AS t JOIN relation AS c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal
UNION ALL
SELECT 'rule', pg_catalog.format('%s.%I', c.identity, w.rulename), pg_catalog.pg_get_ruledef(w.oid)
FROM pg_catalog.pg_rewrite AS w JOIN relation AS c ON c.oid = w.ev_class WHERE w.rulename <> '_RETURN'
UNION ALL
SELECT 'policy', pg_catalog.format('%s.%I', c.identity, p.polname), pg_catalog.concat_ws(' ', p.polcmd::text,
    CASE WHEN p.polpermissive THEN 'permissive' ELSE 'restrictive' END,
    (SELECT 'to ' || pg_catalog.string_agg(COALESCE(r.rolname, 'public'), ', ' ORDER BY r.rolname)
        FROM pg_catalog.unnest(p.polroles) AS u (role) LEFT JOIN pg_catalog.pg_roles AS r ON r.oid = u.role),
    'using ' || pg_catalog.pg_get_expr(p.polqual, p.polrelid), 'check ' || pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid))
FROM pg_catalog.pg_policy AS p JOIN relation AS c ON c.oid = p.polrelid
UNION ALL
SELECT 'other', i.type || ' ' || i.identity, ''
FROM (
    SELECT 'pg_catalog.pg_cast'::pg_catalog.regclass AS class, oid FROM pg_catalog.pg_cast
    UNION ALL SELECT 'pg_catalog.pg_operator'::pg_catalog.regclass, oid FROM pg_catalog.pg_operator
    UNION ALL SELECT 'pg_catalog.pg_opclass'::pg_catalog.regclass, oid FROM pg_catalog.pg_opclass
    UNION ALL SELECT 'pg_catalog.pg_opfamily'::pg_catalog.regclass, oid FROM pg_catalog.pg_opfamily
    UNION ALL SELECT 'pg_catalog.pg_collation'::pg_catalog.regclass, oid FROM pg_catalog.pg_collation
    UNION ALL SELECT 'pg_catalog.pg_conversion'::pg_catalog.regclass, oid FROM pg_catalog.pg_conversion
    UNION ALL SELECT 'pg_catalog.pg_ts_config'::pg_catalog.regclass, oid FROM pg_catalog.pg_ts_config
    UNION ALL SELECT 'pg_catalog.pg_ts_dict'::pg_catalog.regclass, oid FROM pg_catalog.pg_ts_dict
    UNION ALL SELECT 'pg_catalog.pg_ts_parser'::pg_catalog.regclass, oid FROM pg_catalog.pg_ts_parser
    UNION ALL SELECT 'pg_catalog.pg_ts_template'::pg_catalog.regclass, oid FROM pg_catalog.pg_ts_template
    UNION ALL SELECT 'pg_catalog.pg_language'::pg_catalog.regclass, oid FROM pg_catalog.pg_language
    UNION ALL SELECT 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass, oid FROM pg_catalog.pg_foreign_data_wrapper
    UNION ALL SELECT 'pg_catalog.pg_foreign_server'::pg_catalog.regclass, oid FROM pg_catalog.pg_foreign_server
    UNION ALL SELECT 'pg_catalog.pg_publication'::pg_catalog.regclass, oid FROM pg_catalog.pg_publication
    UNION ALL SELECT 'pg_catalog.pg_event_trigger'::pg_catalog.regclass, oid FROM pg_catalog.pg_event_trigger
    UNION ALL SELECT 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass, oid FROM pg_catalog.pg_statistic_ext
    UNION ALL SELECT 'pg_catalog.pg_transform'::pg_catalog.regclass, oid FROM pg_catalog.pg_transform
    UNION ALL SELECT 'pg_catalog.pg_am'::pg_catalog.regclass, oid FROM pg_catalog.pg_am
) AS o
CROSS JOIN LATERAL pg_catalog.pg_identify_object(o.class, o.oid, 0) AS i
WHERE o.oid >= 16384
    AND NOT EXISTS (SELECT FROM extension_member AS m WHERE m.classid = o.class AND m.objid = o.oid)
UNION ALL
SELECT 'comment', i.type || ' ' || i.identity, d.description
FROM pg_catalog.pg_description AS d
CROSS JOIN LATERAL pg_catalog.pg_identify_object(d.classoid, d.objoid, d.objsubid) AS i
-- The schema public is the one object of every database's own that users drop and make anew, with another number.
WHERE (d.objoid >= 16384 OR (d.classoid = 'pg_catalog.pg_namespace'::pg_catalog.regclass AND d.objoid = pg_catalog.to_regnamespace('public')))
    AND i.type <> 'extension'
    AND NOT EXISTS (SELECT FROM extension_member AS m WHERE m.classid = d.classoid AND m.objid = d.objoid)
UNION ALL
SELECT 'default privileges', pg_catalog.format('%s in %s for %s', r.rolname, COALESCE(n.nspname, 'every schema'), f.defaclobjtype),
    (SELECT pg_catalog.string_agg(a::text, ' ' ORDER BY a::text) FROM pg_catalog.unnest(f.defaclacl) AS a)
FROM pg_catalog.pg_default_acl AS f JOIN pg_catalog.pg_roles AS r ON r.oid = f.defaclrole
LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid = f.defaclnamespace
UNION ALL
SELECT 'owner', o.kind || ' ' || o.identity, r.rolname FROM owned AS o JOIN pg_catalog.pg_roles AS r ON r.oid = o.owner
UNION ALL
SELECT 'privileges', o.kind || ' ' || o.identity,
    (SELECT pg_catalog.string_agg(a::text, ' ' ORDER BY a::text) FROM pg_catalog.unnest(o.acl) AS a)
FROM owned AS o
UNION ALL
SELECT 'privileges', pg_catalog.format('column %s.%I', c.identity, a.attname),
    (SELECT pg_catalog.string_agg(p::text, ' ' ORDER BY p::text) FROM pg_catalog.unnest(a.attacl) AS p)
FROM relation AS c JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid
WHERE a.attacl IS NOT NULL AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY 1, 2
