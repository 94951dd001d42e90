namespace LettaDr.Systems;

/// <summary>Each id in an agent's list of messages, which no constraint guards, is that of one of its messages.</summary>
internal sealed class MessageIdsResolveCheck : IDatabaseCheck
{
    /// <inheritdoc/>
    public string Name => "MessageIdsResolve";

    /// <inheritdoc/>
    public async Task<Check> RunAsync(ConsistencySession session, CancellationToken cancellationToken)
    {
        if (session.Letta.Missing("agents", "messages") is { } missing)
        {
            return missing;
        }

        var sql = $"""
            WITH listed AS (
                SELECT a.id AS agent, r.id AS message
                FROM {session.Letta.Qualified("agents")} AS a
                CROSS JOIN LATERAL pg_catalog.json_array_elements_text(
                    CASE pg_catalog.json_typeof(a.message_ids::pg_catalog.json) WHEN 'array' THEN a.message_ids::pg_catalog.json ELSE '[]' END) AS r (id)
            ), dangling AS (
                SELECT l.agent, l.message, pg_catalog.row_number() OVER () AS number FROM listed AS l
                WHERE NOT EXISTS (SELECT FROM {session.Letta.Qualified("messages")} AS m WHERE m.id = l.message AND m.agent_id = l.agent)
            )
            SELECT (SELECT pg_catalog.count(*) FROM listed), (SELECT pg_catalog.count(*) FROM dangling),
                (SELECT pg_catalog.count(DISTINCT agent) FROM dangling),
                ARRAY(SELECT pg_catalog.format('%s in %s', COALESCE(pg_catalog.left(message, 60), 'null'), agent) FROM dangling WHERE number <= 3)
            """;
        var (listed, dangling, agents, examples) = (await session.QueryAsync(
            sql, row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetFieldValue<string[]>(3)), cancellationToken).ConfigureAwait(false))[0];
        return dangling == 0
            ? Check.Passed($"{Examples.Count(listed, "id")} in agents.message_ids, each of a message of its agent.")
            : Check.Failed(
                $"{Examples.Count(dangling, "id")} of {Examples.Count(agents, "agent")} without a message: {Examples.List(examples, dangling)}.",
                "Restore the messages from a backup, or take the ids out of the agents' message_ids; Letta cannot load these agents' context as it is.");
    }
}
