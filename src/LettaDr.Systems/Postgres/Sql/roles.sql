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
    FROM (
        SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, oid FROM pg_catalog.pg_class
        WHERE relowner = 10 AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c')
        UNION ALL
        SELECT 'pg_catalog.pg_namespace'::pg_catalog.regclass, oid FROM pg_catalog.pg_namespace WHERE nspowner = 10
        UNION ALL
        SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass, oid FROM pg_catalog.pg_proc WHERE proowner = 10
        UNION ALL
        SELECT 'pg_catalog.pg_type'::pg_catalog.regclass, oid FROM pg_catalog.pg_type WHERE typowner = 10 AND typtype IN ('d', 'e', 'r')
    ) AS owned (classid, objid)
    WHERE objid >= 16384 AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS d
        WHERE d.classid = owned.classid AND d.objid = owned.objid AND d.deptype = 'e')
)
SELECT r.rolname, r.rolcanlogin, r.rolsuper, r.rolinherit, r.rolcreatedb, r.rolcreaterole, r.rolbypassrls, pg_catalog.bool_or(u.owns) AS owns
FROM used AS u
JOIN pg_catalog.pg_roles AS r ON r.oid = u.oid
WHERE r.rolname NOT LIKE 'pg\_%'
GROUP BY 1, 2, 3, 4, 5, 6, 7
ORDER BY 1
