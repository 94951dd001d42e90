SELECT e.name, e.default_version, (SELECT pg_catalog.array_agg(v.version) FROM pg_catalog.pg_available_extension_versions AS v WHERE v.name = e.name),
    COALESCE((SELECT v.superuser AND NOT COALESCE((pg_catalog.to_jsonb(v) ->> 'trusted')::bool, false)
        FROM pg_catalog.pg_available_extension_versions AS v WHERE v.name = e.name AND v.version = e.default_version), true)
FROM pg_catalog.pg_available_extensions AS e
