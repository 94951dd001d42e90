using Npgsql;

namespace LettaDr.Systems;

/// <summary>Letta's schema revision is found as Letta finds it: in a plain session of its role, by an unqualified name, exactly once.</summary>
internal sealed class AlembicRevisionCheck : IDatabaseCheck
{
    /// <inheritdoc/>
    public string Name => "AlembicRevision";

    /// <inheritdoc/>
    public async Task<Check> RunAsync(ConsistencySession session, CancellationToken cancellationToken)
    {
        if (session.Letta.OutOfReach(session.Endpoint) is { } outOfReach)
        {
            return outOfReach;
        }

        await using var plain = await PlainSession.OpenAsync(session.Endpoint, cancellationToken).ConfigureAwait(false);
        List<string> revisions;
        try
        {
            revisions = await PostgresConnector.QueryAsync(
                plain, "SELECT version_num FROM alembic_version ORDER BY 1", row => row.GetString(0), cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return session.Letta.Missing("alembic_version") is { } nowhere
                ? Check.Failed(nowhere.Evidence, "Restore a backup, or start Letta once to create its tables.")
                : Check.Failed(
                    $"A plain session does not find alembic_version, which is in the schema {session.Letta.Schema}: Letta would migrate anew, beside the data.",
                    "See SearchPath; do not start Letta before.");
        }

        var expected = session.Expected?.Database.AlembicRevision;
        return revisions.Count != 1
            ? Check.Failed(
                $"alembic_version has {Examples.Count(revisions.Count, "row")} where it must have one{(revisions.Count == 0 ? string.Empty : $": {Examples.List(revisions)}")}.",
                "Write the revision of the schema there (Get-LettaBackup shows that of each set), or restore the database.")
            : expected is not null && expected != revisions[0]
                ? Check.Failed(
                    $"The schema is at revision {revisions[0]}, and the set at {expected}.",
                    "Run the Letta image that belongs to the revision; the set's manifest names its own.")
                : Check.Passed($"The schema is at revision {revisions[0]}{(expected is null ? string.Empty : ", as the set is")}.");
    }
}
