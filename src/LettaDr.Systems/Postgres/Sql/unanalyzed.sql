-- Not what was analyzed when it was loaded, unless it has since got what has statistics of its own.
SELECT pg_catalog.format('%I.%I', n.nspname, c.relname)
FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'm', 'p') AND n.nspname <> 'information_schema'
    AND (pg_catalog.pg_stat_get_last_analyze_time(c.oid) IS NULL OR c.relhassubclass
        OR EXISTS (SELECT FROM pg_catalog.pg_index AS i WHERE i.indrelid = c.oid AND i.indexprs IS NOT NULL)
        OR EXISTS (SELECT FROM pg_catalog.pg_statistic_ext AS s WHERE s.stxrelid = c.oid))
