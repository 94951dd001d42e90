namespace LettaDr.Systems;

/// <summary>A foreign key, in the pieces that a search for rows without a parent is made of; all names are quoted.</summary>
internal sealed record ForeignKey
{
    /// <summary>Its name with its table's, for people.</summary>
    public required string Name { get; init; }

    /// <summary>The table that refers, with ONLY where the key does not hold for those that inherit.</summary>
    public required string Child { get; init; }

    /// <summary>The table referred to, in the same way.</summary>
    public required string Parent { get; init; }

    /// <summary>The referring columns.</summary>
    public required string[] Columns { get; init; }

    /// <summary>The conditions under which a parent row <c>p</c> is the one that a child row <c>c</c> refers to.</summary>
    public required string[] Matches { get; init; }

    /// <summary>Whether all columns or none must be null (MATCH FULL).</summary>
    public bool MatchFull { get; init; }

    /// <summary>Whether this role may read both tables.</summary>
    public bool Readable { get; init; }

    /// <summary>Bytes of the referring table; for progress.</summary>
    public long Bytes { get; init; }

    /// <summary>A query for how many rows have no parent, and what a few of them refer to.</summary>
    public string OrphanQuery()
    {
        var complete = string.Join(" AND ", Columns.Select(column => $"c.{column} IS NOT NULL"));
        var key = $"pg_catalog.concat_ws(', ', {string.Join(", ", Columns.Select(column => $"c.{column}::pg_catalog.text"))})";
        var orphans = $"""
            SELECT {key} AS key FROM {Child} AS c
            WHERE {complete} AND NOT EXISTS (SELECT FROM {Parent} AS p WHERE {string.Join(" AND ", Matches)})
            """;
        if (MatchFull && Columns.Length > 1)
        {
            var some = string.Join(" OR ", Columns.Select(column => $"c.{column} IS NOT NULL"));
            orphans += $" UNION ALL SELECT {key} FROM {Child} AS c WHERE ({some}) AND NOT ({complete})";
        }

        return $"""
            SELECT pg_catalog.count(*), COALESCE(pg_catalog.array_agg(DISTINCT pg_catalog.left(o.key, 80)) FILTER (WHERE o.number <= 3), ARRAY[]::text[])
            FROM (SELECT key, pg_catalog.row_number() OVER () AS number FROM ({orphans}) AS orphan) AS o
            """;
    }
}
