using System.Text.RegularExpressions;
using Npgsql;

namespace LettaDr.Systems;

/// <summary>Every table can be read to its end, with what it keeps out of line, the catalogue's tables too. Reads the whole database.</summary>
internal sealed partial class TablesReadableCheck : IDatabaseCheck
{
    private const int BufferSize = 256 * 1024;

    private readonly List<DamagedRelation> _damaged = [];

    /// <inheritdoc/>
    public string Name => "TablesReadable";

    /// <summary>What was found damaged.</summary>
    public IReadOnlyList<DamagedRelation> Damaged => _damaged;

    /// <inheritdoc/>
    public async Task<Check> RunAsync(ConsistencySession session, CancellationToken cancellationToken)
    {
        var tables = await session.QueryAsync(
            ConsistencySql.ReadableTables, row => (Name: row.GetString(0), Bytes: row.GetInt64(1), Readable: row.GetBoolean(2), IsCatalogue: row.GetBoolean(3)),
            cancellationToken).ConfigureAwait(false);
        session.Meter.Stage(Name, tables.Sum(table => table.Bytes));
        foreach (var table in tables.Where(table => table.Readable))
        {
            if (await ReadAsync(session, table.Name, cancellationToken).ConfigureAwait(false) is { } damage)
            {
                _damaged.Add(damage);
            }
        }

        // The catalogue has tables that only a superuser may read.
        var unread = tables.Where(table => !table.Readable && !table.IsCatalogue).Select(table => table.Name).ToList();
        return _damaged.Count > 0
            ? Check.Failed(
                $"{Examples.Count(_damaged.Count, "table")} of {tables.Count} cannot be read to the end: {string.Join("; ", _damaged.Take(10).Select(relation => $"{relation.Name} ({relation.Evidence})"))}.",
                "Invoke-LettaRunbook -Name DatabaseCorruption restores the newest proven set; keep the damaged database.")
            : unread.Count > 0
                ? Check.NotRun(
                    $"{session.Endpoint.UserName} may not read {Examples.Count(unread.Count, "table")}: {Examples.List(unread)}; the others can be read to the end.",
                    "Connect as a superuser or as the owner of the tables.")
                : Check.Passed($"{Examples.Count(tables.Count(table => table.Readable), "table")} read to the end.");
    }

    private static async Task<DamagedRelation?> ReadAsync(ConsistencySession session, string table, CancellationToken cancellationToken)
    {
        try
        {
            try
            {
                await session.DrainAsync($"COPY {table} TO STDOUT (FORMAT BINARY)", new byte[BufferSize], cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException reported) when (reported.SqlState == PostgresErrorCodes.UndefinedFunction)
            {
                // A type without a binary form.
                await AgainAsync(session, cancellationToken).ConfigureAwait(false);
                await session.ScalarAsync<long>($"SELECT count(t::text) FROM ONLY {table} AS t", cancellationToken).ConfigureAwait(false);
            }

            return null;
        }
        catch (PostgresException gone) when (gone.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            await AgainAsync(session, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (PostgresException damage) when (IsDamage(damage.SqlState))
        {
            await AgainAsync(session, cancellationToken).ConfigureAwait(false);
            return await JudgeAsync(session, table, damage.MessageText, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What a table keeps out of line is found by an index: where that one is damaged, the rows are not.</summary>
    private static async Task<DamagedRelation> JudgeAsync(ConsistencySession session, string table, string message, CancellationToken cancellationToken)
    {
        if (FileNode().Match(message) is { Success: true } match)
        {
            var index = await session.QueryAsync(
                $"SELECT c.oid::pg_catalog.regclass::text FROM pg_catalog.pg_class AS c WHERE c.relkind = 'i' AND pg_catalog.pg_relation_filenode(c.oid) = {match.Groups[1].Value}",
                row => row.GetString(0), cancellationToken).ConfigureAwait(false);
            if (index.Count > 0)
            {
                return new DamagedRelation(index[0], true, $"{message}, when {table} was read");
            }
        }

        return new DamagedRelation(table, false, message);
    }

    /// <summary>A failed command ends the transaction, and damage the session too.</summary>
    private static async Task AgainAsync(ConsistencySession session, CancellationToken cancellationToken)
    {
        await session.EndAsync().ConfigureAwait(false);
        await session.BeginAsync(cancellationToken).ConfigureAwait(false);
    }

    private static bool IsDamage(string state) => state is PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted
        or PostgresErrorCodes.InternalError or PostgresErrorCodes.IoError or PostgresErrorCodes.UndefinedFile;

    [GeneratedRegex("base/[0-9]+/([0-9]+)")]
    private static partial Regex FileNode();
}
