namespace LettaDr.Systems;

/// <summary>Every row has the parent that its foreign keys say: the rows themselves are looked at, whatever the constraints claim.</summary>
internal sealed class ForeignKeysHoldCheck : IDatabaseCheck
{
    /// <inheritdoc/>
    public string Name => "ForeignKeysHold";

    /// <inheritdoc/>
    public async Task<Check> RunAsync(ConsistencySession session, CancellationToken cancellationToken)
    {
        var keys = await session.QueryAsync(
            ConsistencySql.ForeignKeys,
            row => new ForeignKey
            {
                Name = row.GetString(0), Child = row.GetString(1), Parent = row.GetString(2), Columns = row.GetFieldValue<string[]>(3),
                Matches = row.GetFieldValue<string[]>(4), MatchFull = row.GetBoolean(5), Readable = row.GetBoolean(6), Bytes = row.GetInt64(7),
            },
            cancellationToken).ConfigureAwait(false);
        if (keys.Count == 0)
        {
            return session.Letta.Schema is null
                ? Check.NotRun("The database has no foreign keys, and none of Letta's tables.", "Restore a backup.")
                : Check.Failed("The database has no foreign keys; Letta's schema has many.", "Restore the schema, or let Letta migrate it.");
        }

        session.Meter.Stage(Name, keys.Sum(key => key.Bytes));
        var broken = new List<string>();
        foreach (var key in keys.Where(key => key.Readable))
        {
            var (count, examples) = (await session.QueryAsync(
                key.OrphanQuery(), row => (row.GetInt64(0), row.GetFieldValue<string[]>(1)), cancellationToken).ConfigureAwait(false))[0];
            if (count > 0)
            {
                broken.Add($"{key.Name}: {Examples.Count(count, "row")} without a parent, e.g. of {string.Join("; ", examples)}");
            }

            session.Meter.Add(key.Bytes);
        }

        var unread = keys.Where(key => !key.Readable).Select(key => key.Name).ToList();
        return broken.Count > 0
            ? Check.Failed(
                $"Not held: {broken.Count} of {keys.Count} foreign keys. {string.Join(". ", broken.Take(5))}.",
                "Restore the missing parents from a backup (Restore-LettaDatabase -TargetDatabase brings one up beside), or delete the rows without one.")
            : unread.Count > 0
                ? Check.NotRun(
                    $"{session.Endpoint.UserName} may not read the tables of {Examples.Count(unread.Count, "foreign key")}: {Examples.List(unread)}; the other {keys.Count - unread.Count} hold.",
                    "Connect as a superuser or as the owner of the tables (-Credential).")
                : Check.Passed($"{Examples.Count(keys.Count, "foreign key")}, and no row without its parent.");
    }
}
