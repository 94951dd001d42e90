-- Roles that own, may use or are set for something in this database, or have a policy in it.
WITH used AS (
    SELECT refobjid AS oid, deptype = 'o' AS owns
    FROM pg_catalog.pg_shdepend
    WHERE refclassid = 'pg_catalog.pg_authid'::pg_catalog.regclass
        AND dbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
    UNION ALL
    SELECT datdba, true FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()
    UNION ALL
    SELECT a.grantee, false
    FROM pg_catalog.pg_database AS d, pg_catalog.aclexplode(d.datacl) AS a
    WHERE d.datname = pg_catalog.current_database()
    UNION ALL
    SELECT setrole, false FROM pg_catalog.pg_db_role_setting
    WHERE setdatabase = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
    UNION ALL
    -- The role that initdb made is pinned: pg_shdepend says nothing of it.
    SELECT 10, true
    WHERE EXISTS (SELECT FROM pg_catalog.pg_class WHERE relowner = 10 AND oid >= 16384)
        OR EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspowner = 10 AND oid >= 16384)
        OR EXISTS (SELECT FROM pg_catalog.pg_proc WHERE proowner = 10 AND oid >= 16384)
        OR EXISTS (SELECT FROM pg_catalog.pg_type WHERE typowner = 10 AND oid >= 16384)
)
SELECT r.rolname, r.rolcanlogin, r.rolsuper, r.rolinherit, r.rolcreatedb, r.rolcreaterole, r.rolbypassrls, pg_catalog.bool_or(u.owns) AS owns
FROM used AS u
JOIN pg_catalog.pg_roles AS r ON r.oid = u.oid
WHERE r.rolname NOT LIKE 'pg\_%'
GROUP BY 1, 2, 3, 4, 5, 6, 7
ORDER BY 1
