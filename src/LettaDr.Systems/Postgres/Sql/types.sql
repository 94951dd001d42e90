-- What decides whether a type's binary form is the same in another database.
SELECT t.oid::bigint, t.typtype::text, t.typcategory::text, t.typelem::bigint, t.typbasetype::bigint, t.typsend <> 0 AS has_binary,
    COALESCE(r.rngsubtype, m.rngsubtype, 0)::bigint AS subtype, t.typname LIKE 'reg%' AND t.oid < 16384 AND t.typcategory <> 'A' AS is_reg
FROM pg_catalog.pg_type AS t
LEFT JOIN pg_catalog.pg_range AS r ON r.rngtypid = t.oid
LEFT JOIN pg_catalog.pg_range AS m ON m.rngmultitypid = t.oid
