using System.Globalization;

namespace LettaDr.Systems;

/// <summary>
/// What a vector index finds is what is there: of the ten nearest to vectors of the table itself, by exact scan, it finds nine
/// tenths under the database's own settings.
/// </summary>
internal sealed class VectorRecallCheck : IDatabaseCheck
{
    /// <inheritdoc/>
    public string Name => "VectorRecall";

    /// <inheritdoc/>
    public async Task<Check> RunAsync(ConsistencySession session, CancellationToken cancellationToken)
    {
        var indexes = await VectorRecall.IndexesAsync(session, cancellationToken).ConfigureAwait(false);
        if (indexes.Count == 0)
        {
            return session.Letta.Missing("archival_passages")
                ?? Check.Passed("There is no vector index, as in Letta's own schema: every search is exact.");
        }

        session.Meter.Stage(Name, indexes.Sum(index => index.Bytes));
        List<string> good = [], bad = [], unknown = [];
        foreach (var index in indexes)
        {
            var recall = index.Readable ? await VectorRecall.MeasureAsync(session, index, cancellationToken).ConfigureAwait(false) : null;
            var text = recall is null ? index.Name : string.Create(CultureInfo.InvariantCulture, $"{index.Name} {recall:0.00}");
            (recall is null ? unknown : recall >= VectorRecall.Least ? good : bad).Add(text);
            session.Meter.Add(index.Bytes);
        }

        return bad.Count > 0
            ? Check.Failed(
                $"Recall of the {VectorRecall.Neighbours} nearest, below {VectorRecall.Least.ToString(CultureInfo.InvariantCulture)}: {string.Join(", ", bad)}.",
                "Repair-LettaVectorIndex rebuilds it; if that does not help, raise hnsw.ef_search or ivfflat.probes for the database, or build it with larger parameters.")
            : unknown.Count > 0
                ? Check.NotRun(
                    $"The server does not search by {Examples.List(unknown)}: not readable for this role, or no plan uses it.",
                    "Connect as the owner of the tables (-Credential); drop an index that no query can use.")
                : Check.Passed($"Recall of the {VectorRecall.Neighbours} nearest: {string.Join(", ", good)}.");
    }
}
