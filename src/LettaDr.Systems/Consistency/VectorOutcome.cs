namespace LettaDr.Systems;

/// <summary>What the checks of all vectors say when they have found none that is wrong.</summary>
internal static class VectorOutcome
{
    public static Check Of(ConsistencySession session, IReadOnlyList<VectorColumn> columns, string property)
    {
        var unread = columns.Where(column => !column.Readable).Select(column => column.Name).ToList();
        if (unread.Count > 0)
        {
            return Check.NotRun(
                $"{session.Endpoint.UserName} may not read {Examples.List(unread)}.",
                "Connect as a superuser or as the owner of the tables (-Credential).");
        }

        return session.Letta.Missing("archival_passages", "source_passages")
            ?? Check.Passed($"{Examples.Count(columns.Sum(column => column.Count), "vector")} in {Examples.Count(columns.Count, "column")}, all {property}.");
    }
}
