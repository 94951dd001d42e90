namespace LettaDr;

/// <summary>What was done after the moment that a cluster is recovered to, in Letta's terms: it is not in what was recovered.</summary>
public sealed record LossWindow
{
    /// <summary>The last commit that is recovered, by the server's clock; null when the log holds none after the base backup.</summary>
    public required DateTimeOffset? From { get; init; }

    /// <summary>The last commit that is known of, by the server's clock; null when there is none after <see cref="From"/>.</summary>
    public required DateTimeOffset? To { get; init; }

    /// <summary>Transactions in the received log that were committed after the moment.</summary>
    public required int Commits { get; init; }

    /// <summary>Whether the live database was compared with what was recovered; else the tables are not known, but the commits are.</summary>
    public bool IsCompared => Tables.Count > 0 || Agents is not null;

    /// <summary>What changed, by table; the tables without a change are left out.</summary>
    public IReadOnlyList<TableLoss> Tables { get; init; } = [];

    /// <summary>The agents that were created, changed or deleted; null when nobody could look.</summary>
    public IReadOnlyList<LostAgent>? Agents { get; init; }

    /// <summary>The newest messages and runs that are lost, the newest first: a sentence each.</summary>
    public IReadOnlyList<string> Newest { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => Commits == 0 && Tables.Count == 0 ? "nothing"
        : Tables.Count > 0 ? string.Join(", ", Tables.Take(4)) + (Tables.Count > 4 ? $", {Tables.Count - 4} tables more" : string.Empty)
        : $"{Commits} transactions";
}
