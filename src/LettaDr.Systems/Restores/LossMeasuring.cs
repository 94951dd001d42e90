namespace LettaDr.Systems;

/// <summary>
/// Tells what was done after a moment, by comparing what was recovered with the live database. Rows are compared by their identifiers
/// and by Letta's own times; of those that are older than an hour before the moment, only the numbers are.
/// </summary>
internal static class LossMeasuring
{
    // A transaction may commit long after the time that it gave its rows.
    private static readonly TimeSpan Margin = TimeSpan.FromHours(1);

    private const int NewestShown = 5;

    /// <param name="known">What the log tells of the loss.</param>
    /// <param name="recovered">What was recovered.</param>
    /// <param name="live">The live database; null where it is none of the same cluster, or does not run.</param>
    /// <param name="observer">Who is told when nobody could look.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<LossWindow> CompareAsync(
        LossWindow known, DatabaseEndpoint recovered, DatabaseEndpoint? live, IOperationObserver observer, CancellationToken cancellationToken)
    {
        if (live is null)
        {
            return known;
        }

        try
        {
            await using var after = await LossReading.OpenAsync(live, known.From!.Value - Margin, cancellationToken).ConfigureAwait(false);
            await using var before = await LossReading.OpenAsync(recovered, known.From!.Value - Margin, cancellationToken).ConfigureAwait(false);
            var tables = new List<TableLoss>();
            var newest = new List<(DateTimeOffset At, string Words)>();
            foreach (var table in before.Tables.Intersect(after.Tables, StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                var (old, now) = (await before.ReadAsync(table, cancellationToken).ConfigureAwait(false), await after.ReadAsync(table, cancellationToken).ConfigureAwait(false));
                var loss = Compare(table, old, now);
                if (loss.Created + loss.Changed + loss.Deleted > 0)
                {
                    tables.Add(loss);
                }

                if (table is "messages" or "runs" && loss.Created > 0)
                {
                    newest.AddRange(now.Recent.Where(row => !old.Recent.ContainsKey(row.Key) && row.Value.Created is not null)
                        .OrderByDescending(row => row.Value.Created).Take(NewestShown)
                        .Select(row => (row.Value.Created!.Value, $"{table[..^1]} {row.Key} of {row.Value.Agent ?? "no agent"} at {row.Value.Created.Value.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff'Z'}")));
                }
            }

            return known with
            {
                Tables = tables, Agents = await AgentsAsync(before, after, cancellationToken).ConfigureAwait(false),
                Newest = [.. newest.OrderByDescending(one => one.At).Select(one => one.Words).Take(2 * NewestShown)],
            };
        }
        catch (LettaDrException silent)
        {
            // Knowing the loss must not cost the recovery.
            observer.Warning($"What was recovered could not be compared with the live database: {silent.Message}");
            return known;
        }
    }

    /// <summary>What the live database alone tells before anything was recovered: rows that bear a later time.</summary>
    public static async Task<LossWindow> EstimateAsync(LossWindow known, DateTimeOffset moment, DatabaseEndpoint live, CancellationToken cancellationToken)
    {
        try
        {
            await using var after = await LossReading.OpenAsync(live, moment, cancellationToken).ConfigureAwait(false);
            var tables = new List<TableLoss>();
            foreach (var table in after.Tables.Order(StringComparer.Ordinal))
            {
                var now = await after.ReadAsync(table, cancellationToken).ConfigureAwait(false);
                var created = now.Recent.Values.Count(row => row.Created > moment);
                if (now.Recent.Count > 0)
                {
                    tables.Add(new TableLoss(table, created, now.Recent.Count - created, 0));
                }
            }

            return known with { Tables = tables };
        }
        catch (LettaDrException)
        {
            return known;
        }
    }

    private static TableLoss Compare(string table, LossRows old, LossRows now)
    {
        if (!old.HasTimes)
        {
            var more = now.Total - old.Total;
            return new TableLoss(table, Math.Max(0, more), 0, Math.Max(0, -more));
        }

        var created = now.Recent.Count(row => !old.Recent.ContainsKey(row.Key) && (row.Value.Created is null || row.Value.Created > now.Since));
        var changed = now.Recent.Count(row => old.Recent.TryGetValue(row.Key, out var before)
            ? before.Updated != row.Value.Updated : row.Value.Created is { } at && at <= now.Since);
        return new TableLoss(table, created, changed, Math.Max(0, old.Total - now.Total + created));
    }

    private static async Task<IReadOnlyList<LostAgent>?> AgentsAsync(LossReading before, LossReading after, CancellationToken cancellationToken)
    {
        if (!before.Tables.Contains("agents") || !after.Tables.Contains("agents"))
        {
            return null;
        }

        var old = await before.AgentsAsync(cancellationToken).ConfigureAwait(false);
        var now = await after.AgentsAsync(cancellationToken).ConfigureAwait(false);
        return
        [
            .. now.Where(agent => !old.ContainsKey(agent.Key)).Select(agent => new LostAgent(agent.Key, agent.Value.Name, AgentChange.Created)),
            .. now.Where(agent => old.TryGetValue(agent.Key, out var before) && before.Updated != agent.Value.Updated)
                .Select(agent => new LostAgent(agent.Key, agent.Value.Name, AgentChange.Changed)),
            .. old.Where(agent => !now.ContainsKey(agent.Key)).Select(agent => new LostAgent(agent.Key, agent.Value.Name, AgentChange.Deleted)),
        ];
    }
}
