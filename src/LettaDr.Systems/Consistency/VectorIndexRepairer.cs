using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace LettaDr.Systems;

/// <summary>Rebuilds vector indexes beside themselves while they are in use, in two steps: what would be done, and doing it.</summary>
internal sealed class VectorIndexRepairer(LettaDeployment deployment, DeploymentDatabase database, IOperationObserver observer)
{
    private static readonly TimeSpan ProgressPause = TimeSpan.FromMilliseconds(200);

    private PostgresConnector Connector => database.Connector;

    /// <summary>Finds what is to be done; changes nothing.</summary>
    /// <param name="isWanted">Whether an index of this qualified and this plain name is asked for.</param>
    /// <param name="all">Whether to rebuild also what is sound.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="LettaDrException">An index is being built now, or the disk is too full.</exception>
    public async Task<VectorIndexPlan> PlanAsync(Func<string, string, bool> isWanted, bool all, CancellationToken cancellationToken)
    {
        var found = (await ReadAsync(cancellationToken).ConfigureAwait(false))
            .Where(index => isWanted(index.Name, index.PlainName) || (index.LeftoverOf is { } of && isWanted(of, of.Split('.')[^1].Trim('"')))).ToList();
        if (found.Find(index => index.IsBeingBuilt) is { } busy)
        {
            throw new LettaDrException(
                "IndexBeingBuilt", FaultKind.Busy, $"An index of {busy.Table} is being built by another session.",
                "Wait until it has ended (pg_stat_progress_create_index shows it).", busy.Name);
        }

        var own = found.Where(index => index.LeftoverOf is null).ToList();
        var directory = await GuardAsync(async () =>
        {
            var connection = await Connector.OpenAsync(null, cancellationToken).ConfigureAwait(false);
            await using var closing = connection.ConfigureAwait(false);
            return await PostgresConnector.ScalarAsync<string>(
                connection, "SELECT setting FROM pg_catalog.pg_settings WHERE name = 'data_directory'", cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
        var (memory, shared, free) = await database.CapacityAsync(directory, cancellationToken).ConfigureAwait(false);
        var rebuilds = own.Where(index => all || index.IsUnsound)
            .Select(index => (index, IndexBuildSettings.ForVectorIndex(memory, shared, index.TableBytes))).ToList();
        RequireSpace(rebuilds.Select(rebuild => rebuild.index), free);
        return new VectorIndexPlan { Indexes = own, Leftovers = [.. found.Except(own)], Rebuilds = rebuilds };
    }

    /// <summary>Does what a plan says; one result for each index as it is done.</summary>
    public async Task<IReadOnlyList<VectorIndexRepair>> RunAsync(
        VectorIndexPlan plan, Action<VectorIndexRepair> onDone, CancellationToken cancellationToken)
    {
        var results = new List<VectorIndexRepair>();
        foreach (var leftover in plan.Leftovers)
        {
            var clock = Stopwatch.StartNew();
            await DropAsync(leftover.Name, cancellationToken).ConfigureAwait(false);
            Done(Of(leftover, VectorIndexAction.Dropped, $"A rebuild of {leftover.LeftoverOf} had broken off and left it behind, not valid.") with { Duration = clock.Elapsed });
        }

        foreach (var index in plan.Indexes.Where(index => !plan.Rebuilds.Any(rebuild => rebuild.Index == index)))
        {
            Done(Of(index, VectorIndexAction.Left, $"It is {index.Condition}.") with { RecallAfter = index.Recall, Bytes = index.Bytes });
        }

        foreach (var (index, settings) in plan.Rebuilds)
        {
            var clock = Stopwatch.StartNew();
            await RebuildAsync(index, settings, cancellationToken).ConfigureAwait(false);
            Done(await ResultAsync(index, clock, cancellationToken).ConfigureAwait(false));
        }

        if (results.Count == 0)
        {
            Done(new VectorIndexRepair
            {
                Deployment = deployment.Name, Action = VectorIndexAction.Left,
                Evidence = "There is no vector index, as in Letta's own schema: every search is exact, and nothing is to be repaired.",
            });
        }

        return results;

        void Done(VectorIndexRepair result)
        {
            results.Add(result);
            onDone(result);
        }
    }

    /// <summary>Every vector index, with its recall where it is valid.</summary>
    private async Task<List<RepairableIndex>> ReadAsync(CancellationToken cancellationToken)
    {
        var session = new ConsistencySession(deployment.Database, null, new ProgressMeter(observer, $"Measuring vector indexes of {deployment.Database.Database}"));
        await using var closing = session.ConfigureAwait(false);
        return await GuardAsync(async () =>
        {
            await session.BeginAsync(cancellationToken).ConfigureAwait(false);
            var indexes = await session.QueryAsync(
                ConsistencySql.VectorRepair,
                row => new RepairableIndex(
                    row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetBoolean(4), row.GetInt64(5), row.GetInt64(6),
                    row.GetBoolean(7), row.IsDBNull(8) ? null : row.GetString(8), row.GetBoolean(9), row.GetFieldValue<uint>(10)),
                cancellationToken).ConfigureAwait(false);
            var usable = await VectorRecall.IndexesAsync(session, cancellationToken).ConfigureAwait(false);
            session.Meter.Stage("Comparing with exact scans", usable.Sum(index => index.Bytes));
            for (var i = 0; i < indexes.Count; i++)
            {
                if (usable.Find(index => index.Name == indexes[i].Name) is { Readable: true } measurable)
                {
                    indexes[i] = indexes[i] with { Recall = await VectorRecall.MeasureAsync(session, measurable, cancellationToken).ConfigureAwait(false) };
                    session.Meter.Add(measurable.Bytes);
                }
            }

            await session.EndAsync().ConfigureAwait(false);
            return indexes;
        }).ConfigureAwait(false);
    }

    private async Task RebuildAsync(RepairableIndex index, IndexBuildSettings settings, CancellationToken cancellationToken)
    {
        observer.Verbose(string.Create(
            CultureInfo.InvariantCulture, $"Rebuilding {index.Name} with {ByteSize.Format(settings.MaintenanceWorkMemory)} and {settings.ParallelWorkers} parallel worker(s)"));
        try
        {
            await GuardAsync(async () =>
            {
                var connection = await Connector.OpenAsync(null, cancellationToken).ConfigureAwait(false);
                await using var closing = connection.ConfigureAwait(false);
                await PostgresConnector.ExecuteAsync(
                    connection,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"SET maintenance_work_mem = '{settings.MaintenanceWorkMemory / 1024}kB'; SET max_parallel_maintenance_workers = {settings.ParallelWorkers}"),
                    cancellationToken).ConfigureAwait(false);
                using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                var watching = WatchAsync(index, connection.ProcessID, ending.Token);
                try
                {
                    await PostgresConnector.ExecuteAsync(connection, $"REINDEX INDEX CONCURRENTLY {index.Name}", cancellationToken).ConfigureAwait(false);
                }
                finally
                {
                    await ending.CancelAsync().ConfigureAwait(false);
                    await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }

                return true;
            }).ConfigureAwait(false);
        }
        catch (Exception)
        {
            await SweepAsync(index).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Drops what a rebuild that was stopped has left; what cannot be dropped now is recognised the next time.</summary>
    private async Task SweepAsync(RepairableIndex index)
    {
        try
        {
            var connection = await Connector.OpenAsync(null, CancellationToken.None).ConfigureAwait(false);
            await using var closing = connection.ConfigureAwait(false);
            var left = await PostgresConnector.QueryAsync(
                connection, $"SELECT name FROM ({ConsistencySql.VectorRepair}) AS found (name, a, b, c, d, e, f, g, leftover_of, building, oid) WHERE leftover_of = $1 AND NOT building",
                row => row.GetString(0), CancellationToken.None, index.Name).ConfigureAwait(false);
            foreach (var name in left)
            {
                await PostgresConnector.ExecuteAsync(connection, "SET lock_timeout = '5s'", CancellationToken.None).ConfigureAwait(false);
                await PostgresConnector.ExecuteAsync(connection, $"DROP INDEX CONCURRENTLY IF EXISTS {name}", CancellationToken.None).ConfigureAwait(false);
                observer.Verbose($"Dropped {name}, which the rebuild had begun");
            }
        }
        catch (Exception unable) when (unable is LettaDrException or NpgsqlException)
        {
            observer.Warning($"What the rebuild of {index.Name} had begun could not be dropped ({unable.Message.TrimEnd('.')}); Repair-LettaVectorIndex does so the next time.");
        }
    }

    /// <summary>Shows how far a build is (PostgreSQL's pg_stat_progress_create_index).</summary>
    private async Task WatchAsync(RepairableIndex index, int process, CancellationToken cancellationToken)
    {
        var connection = await Connector.OpenAsync(null, cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        for (; ; await Task.Delay(ProgressPause, cancellationToken).ConfigureAwait(false))
        {
            var rows = await PostgresConnector.QueryAsync(
                connection,
                $"""
                SELECT p.phase || CASE WHEN p.current_locker_pid > 0 THEN ' (process ' || p.current_locker_pid || ')' ELSE '' END,
                    p.blocks_done * pg_catalog.current_setting('block_size')::bigint, p.blocks_total * pg_catalog.current_setting('block_size')::bigint
                FROM pg_catalog.pg_stat_progress_create_index AS p WHERE p.pid = {process}
                """,
                row => (Phase: row.GetString(0), Done: row.GetInt64(1), Total: row.GetInt64(2)), cancellationToken).ConfigureAwait(false);
            foreach (var (phase, done, total) in rows)
            {
                observer.Progress(new OperationProgress($"Rebuilding {index.Name}", phase, done, total, 0, null));
            }
        }
    }

    private Task DropAsync(string name, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        observer.Verbose($"Dropping {name}");
        var connection = await Connector.OpenAsync(null, cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        await PostgresConnector.ExecuteAsync(connection, $"DROP INDEX CONCURRENTLY IF EXISTS {name}", cancellationToken).ConfigureAwait(false);
        return true;
    });

    private async Task<VectorIndexRepair> ResultAsync(RepairableIndex before, Stopwatch clock, CancellationToken cancellationToken)
    {
        var after = (await ReadAsync(cancellationToken).ConfigureAwait(false)).Find(index => index.Name == before.Name) ?? throw new LettaDrException(
            "IndexGone", FaultKind.OperationFailed, $"The index {before.Name} was dropped by somebody else while it was rebuilt.", "Make it again, by its definition in a set's inventory.json.", before.Name);
        var remains = after.IsUnsound ? " Raise hnsw.ef_search or ivfflat.probes for the database, or build it with larger parameters." : string.Empty;
        return Of(before, VectorIndexAction.Rebuilt, $"It was {before.Condition}; now it is {after.Condition}.{remains}") with
        {
            RecallAfter = after.Recall, Bytes = after.Bytes, Duration = clock.Elapsed,
        };
    }

    private VectorIndexRepair Of(RepairableIndex index, VectorIndexAction action, string evidence) => new()
    {
        Deployment = deployment.Name, Index = index.Name, Table = index.Table, Method = index.Method, Action = action, WasValid = index.IsValid,
        RecallBefore = index.Recall, Evidence = evidence,
    };

    /// <summary>A new index lies beside the old one until it has taken its place.</summary>
    private void RequireSpace(IEnumerable<RepairableIndex> rebuilds, long? free)
    {
        // One that is not valid may be empty: its table bounds what it takes.
        var largest = rebuilds.Where(index => index.IsInDataDirectory)
            .Select(index => (Index: index, Needs: index.IsValid ? index.Bytes + (index.Bytes / 5) : Math.Max(index.Bytes, index.TableBytes)))
            .OrderByDescending(pair => pair.Needs).FirstOrDefault();
        if (free is { } bytes && largest.Needs > bytes)
        {
            throw new LettaDrException(
                "ServerDiskFull", FaultKind.InsufficientResources,
                $"To rebuild {largest.Index.Name} takes about {ByteSize.Format(largest.Needs)} beside the old one, and the server's disk has {ByteSize.Format(bytes)} free.",
                "Free some space there; or drop the index and make it again, which leaves searches exact meanwhile.", largest.Index.Name);
        }
    }

    private Task<T> GuardAsync<T>(Func<Task<T>> work) => PostgresFaults.GuardAsync(deployment.Database, work);
}
