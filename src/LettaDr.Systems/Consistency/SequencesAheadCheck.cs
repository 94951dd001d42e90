namespace LettaDr.Systems;

/// <summary>Every sequence is past the values in the columns that it feeds: the next one it gives is free.</summary>
internal sealed class SequencesAheadCheck : IDatabaseCheck
{
    /// <inheritdoc/>
    public string Name => "SequencesAhead";

    /// <inheritdoc/>
    public async Task<Check> RunAsync(ConsistencySession session, CancellationToken cancellationToken)
    {
        var feeds = await session.QueryAsync(
            ConsistencySql.Sequences,
            row => (Sequence: row.GetString(0), Table: row.GetString(1), Column: row.GetString(2), Up: row.GetInt64(3) > 0,
                Readable: row.GetBoolean(4), Bytes: row.GetInt64(5)),
            cancellationToken).ConfigureAwait(false);
        if (feeds.Count == 0)
        {
            return session.Letta.Missing("messages")
                ?? Check.Failed("messages.sequence_id is fed by no sequence.", "Restore the schema, or let Letta migrate it.");
        }

        session.Meter.Stage(Name, feeds.Sum(feed => feed.Bytes));
        var behind = new List<string>();
        foreach (var feed in feeds.Where(feed => feed.Readable))
        {
            var (furthest, comparison) = feed.Up ? ("max", "<") : ("min", ">");
            var found = await session.QueryAsync(
                $"""
                SELECT s.last_value, m.value::text
                FROM {feed.Sequence} AS s, (SELECT pg_catalog.{furthest}({feed.Column}) AS value FROM {feed.Table}) AS m
                WHERE s.last_value {comparison} m.value OR (s.last_value = m.value AND NOT s.is_called)
                """,
                row => $"{feed.Sequence} stands at {row.GetInt64(0)}, {feed.Table}.{feed.Column} at {row.GetString(1)}",
                cancellationToken).ConfigureAwait(false);
            behind.AddRange(found);
            session.Meter.Add(feed.Bytes);
        }

        var unread = feeds.Where(feed => !feed.Readable).Select(feed => feed.Sequence).ToList();
        return behind.Count > 0
            ? Check.Failed(
                $"{Examples.Count(behind.Count, "sequence")} behind the data, so that the next insert meets a value that is taken: {Examples.List(behind)}.",
                "SELECT setval('the sequence', (SELECT max(column) FROM table)), for each.")
            : unread.Count > 0
                ? Check.NotRun(
                    $"{session.Endpoint.UserName} may not read {Examples.List(unread)} or its table.",
                    "Connect as a superuser or as the owner of the tables (-Credential).")
                : Check.Passed($"{Examples.List([.. feeds.Select(feed => $"{feed.Sequence} ({feed.Table}.{feed.Column})")])} ahead of the data.");
    }
}
