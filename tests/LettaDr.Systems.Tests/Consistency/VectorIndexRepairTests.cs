namespace LettaDr.Systems.Tests;

[Collection(nameof(ConsistencyCollection))]
public sealed class VectorIndexRepairTests(ConsistencyServer server)
{
    private const string Rows = "SELECT i, (SELECT array_agg(sin(i * i * 0.7 + j * i)) FROM generate_series(1, 32) AS j)::vector FROM generate_series({0}, {1}) AS i";

    private const string Table = """
        CREATE TABLE "Pas sages" (id int PRIMARY KEY, "Vec tor" vector(32));
        CREATE INDEX "Go od" ON "Pas sages" USING hnsw ("Vec tor" vector_cosine_ops) WITH (m = 24, ef_construction = 200);
        CREATE INDEX halves ON "Pas sages" USING ivfflat ((("Vec tor")::halfvec(32)) halfvec_l2_ops) WITH (lists = 1) WHERE id < 1000;
        """;

    [DockerFact(TestImages.Postgres)]
    public async Task No_index_is_healthy_and_told()
    {
        var deployment = await server.CopyAsync();

        var told = Assert.Single(await RepairAsync(deployment));

        Assert.Equal((null, VectorIndexAction.Left), (told.Index, told.Action));
        Assert.Contains("as in Letta's own schema", told.Evidence, StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task What_is_not_valid_and_what_finds_too_little_is_rebuilt_and_the_rest_is_left()
    {
        var deployment = await CreateAsync();
        // Rows that an index has not heard of, and an index that the server does not use.
        await PostgresServer.ExecuteAsync(deployment, $"""
            CREATE INDEX deaf ON "Pas sages" USING hnsw ("Vec tor" vector_l2_ops) WITH (m = 24, ef_construction = 200);
            UPDATE pg_index SET indisready = false, indisvalid = false WHERE indexrelid = 'deaf'::regclass;
            INSERT INTO "Pas sages" {string.Format(System.Globalization.CultureInfo.InvariantCulture, Rows, 2001, 4000)};
            UPDATE pg_index SET indisready = true, indisvalid = true WHERE indexrelid = 'deaf'::regclass;
            UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'halves'::regclass
            """);
        (await ConsistencyRun.OfAsync(deployment)).AssertFailedAlone("VectorRecall", "IndexesValid");
        var before = await OidsAsync(deployment);
        var observer = new CollectingObserver();

        var done = (await RepairAsync(deployment, observer: observer)).ToDictionary(result => result.Index!);

        Assert.Equal(["letta.\"Go od\"", "letta.deaf", "letta.halves"], done.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((VectorIndexAction.Left, true), (done["letta.\"Go od\""].Action, done["letta.\"Go od\""].WasValid));
        Assert.True(done["letta.deaf"] is { Action: VectorIndexAction.Rebuilt, WasValid: true, RecallBefore: < 0.9, RecallAfter: >= 0.9, Method: "hnsw", Bytes: > 0 });
        Assert.True(done["letta.halves"] is { Action: VectorIndexAction.Rebuilt, WasValid: false, RecallBefore: null, RecallAfter: >= 0.9, Method: "ivfflat" });
        Assert.Equal("letta.\"Pas sages\"", done["letta.deaf"].Table);
        Assert.Contains("now it is valid, recall 1.00", done["letta.halves"].Evidence, StringComparison.Ordinal);
        var after = await OidsAsync(deployment);
        Assert.Equal(["Go od"], before.Intersect(after).Select(line => line.Split('\t')[0]));
        var run = await ConsistencyRun.OfAsync(deployment);
        Assert.True(run.NotPassed().Length == 0, run.NotPassed());
        Assert.All(await RepairAsync(deployment), result => Assert.Equal(VectorIndexAction.Left, result.Action));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task What_is_named_is_rebuilt_whatever_its_state()
    {
        var deployment = await CreateAsync();
        var before = await OidsAsync(deployment);

        var done = Assert.Single(await RepairAsync(deployment, (_, plain) => plain == "Go od", all: true));

        Assert.Equal(("letta.\"Go od\"", VectorIndexAction.Rebuilt), (done.Index, done.Action));
        Assert.Equal(["halves"], before.Intersect(await OidsAsync(deployment)).Select(line => line.Split('\t')[0]));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Leftovers_of_rebuilds_that_broke_off_are_dropped_and_look_alikes_are_not()
    {
        var deployment = await CreateAsync();
        await PostgresServer.ExecuteAsync(deployment, """
            CREATE INDEX halves_ccnew ON "Pas sages" USING ivfflat ((("Vec tor")::halfvec(32)) halfvec_l2_ops) WITH (lists = 1) WHERE id < 1000;
            CREATE INDEX halves_ccold1 ON "Pas sages" USING ivfflat ((("Vec tor")::halfvec(32)) halfvec_l2_ops) WITH (lists = 1) WHERE id < 1000;
            CREATE INDEX halves_ccnew2 ON "Pas sages" USING hnsw ("Vec tor" vector_ip_ops);
            CREATE INDEX mine_ccnew ON "Pas sages" USING hnsw ("Vec tor" vector_l1_ops);
            UPDATE pg_index SET indisvalid = false WHERE indexrelid::regclass::text IN ('halves_ccnew', 'halves_ccold1', 'mine_ccnew')
            """);

        var done = await RepairAsync(deployment);

        Assert.Equal(
            ["letta.halves_ccnew", "letta.halves_ccold1"],
            done.Where(result => result.Action == VectorIndexAction.Dropped).Select(result => result.Index).Order(StringComparer.Ordinal));
        Assert.Equal(["letta.mine_ccnew"], done.Where(result => result.Action == VectorIndexAction.Rebuilt).Select(result => result.Index));
        Assert.Equal(["Go od", "halves", "halves_ccnew2", "mine_ccnew"], (await OidsAsync(deployment)).Select(line => line.Split('\t')[0]));
        Assert.Equal("0", await PostgresServer.ValueAsync(deployment, "SELECT count(*) FROM pg_index WHERE NOT indisvalid"));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Stopped_in_mid_build_the_old_index_stays_in_use_and_nothing_is_left_behind()
    {
        var deployment = await CreateAsync();
        var before = await OidsAsync(deployment);
        // A session that has seen the table holds the build up until it ends, after the new index was begun.
        await using var visitor = await PostgresServer.OpenAsync(deployment);
        await using var transaction = await visitor.BeginTransactionAsync();
        await PostgresConnector.ExecuteAsync(visitor, "LOCK TABLE \"Pas sages\" IN ROW EXCLUSIVE MODE", default);
        using var stopping = new CancellationTokenSource();
        var observer = new CollectingObserver
        {
            OnProgress = progress =>
            {
                if (progress.Activity.StartsWith("Rebuilding", StringComparison.Ordinal) && progress.Status.StartsWith("waiting for", StringComparison.Ordinal))
                {
                    stopping.Cancel();
                }
            },
        };

        var stopped = RepairAsync(deployment, (_, plain) => plain == "halves", all: true, observer, stopping.Token);
        await Eventually.TrueAsync(() => stopping.IsCancellationRequested);
        // Not before the server has given the build up, which would else go on to its end.
        await Eventually.TrueAsync(async () => await PostgresServer.ValueAsync(deployment, "SELECT count(*) FROM pg_stat_progress_create_index") == "0");
        await transaction.RollbackAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);

        Assert.Equal(before, await OidsAsync(deployment));
        Assert.Contains(observer.Messages, message => message.StartsWith("Dropped letta.halves_ccnew", StringComparison.Ordinal));
        Assert.Empty(observer.Warnings);
        Assert.Equal(VectorIndexAction.Left, Assert.Single(await RepairAsync(deployment, (_, plain) => plain == "halves")).Action);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Debris_that_could_not_be_dropped_is_told_and_recognised_the_next_time()
    {
        var deployment = await CreateAsync();
        await using var visitor = await PostgresServer.OpenAsync(deployment);
        await using var transaction = await visitor.BeginTransactionAsync();
        await PostgresConnector.ExecuteAsync(visitor, "LOCK TABLE \"Pas sages\" IN ROW EXCLUSIVE MODE", default);
        using var stopping = new CancellationTokenSource();
        var observer = new CollectingObserver
        {
            OnProgress = progress =>
            {
                if (progress.Status.StartsWith("waiting for", StringComparison.Ordinal))
                {
                    stopping.Cancel();
                }
            },
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RepairAsync(deployment, (_, plain) => plain == "halves", all: true, observer, stopping.Token));
        Assert.Contains("does so the next time", Assert.Single(observer.Warnings), StringComparison.Ordinal);
        await transaction.RollbackAsync();

        var dropped = (await RepairAsync(deployment)).Where(result => result.Action == VectorIndexAction.Dropped);

        Assert.Equal("letta.halves_ccnew", Assert.Single(dropped).Index);
        Assert.Equal(["Go od", "halves"], (await OidsAsync(deployment)).Select(line => line.Split('\t')[0]));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_role_that_owns_nothing_is_refused_and_a_build_under_way_is_not_disturbed()
    {
        var deployment = await CreateAsync();
        var role = await server.CreateRoleAsync();
        await PostgresServer.ExecuteAsync(deployment, $"GRANT USAGE ON SCHEMA letta TO {role}; GRANT SELECT ON ALL TABLES IN SCHEMA letta TO {role}");
        var refused = await Assert.ThrowsAsync<LettaDrException>(() => RepairAsync(server.Deployment(deployment.Name, role), all: true));
        Assert.Equal(FaultKind.PermissionDenied, refused.Kind);

        await using var visitor = await PostgresServer.OpenAsync(deployment);
        await using var transaction = await visitor.BeginTransactionAsync();
        await PostgresConnector.ExecuteAsync(visitor, "LOCK TABLE \"Pas sages\" IN ROW EXCLUSIVE MODE", default);
        var building = PostgresServer.ExecuteAsync(deployment, "REINDEX INDEX CONCURRENTLY halves");
        await Eventually.TrueAsync(async () => await PostgresServer.ValueAsync(deployment, "SELECT count(*) FROM pg_stat_progress_create_index") == "1");
        Assert.Equal("IndexBeingBuilt", (await Assert.ThrowsAsync<LettaDrException>(() => RepairAsync(deployment))).Id);
        await transaction.RollbackAsync();
        await building;
    }

    [Theory]
    [InlineData(8L << 30, 64L << 20, 100L << 20, 200, false)]
    [InlineData(8L << 30, 1L << 30, 100L << 20, 200, true)]
    [InlineData(8L << 30, 1L << 30, 100L << 30, 2048, false)]
    [InlineData(1L << 30, 4L << 30, 100L << 30, 256, true)]
    [InlineData(8L << 30, 1L << 30, 10L, 64, true)]
    public void Memory_and_workers_fit_server_shared_memory_and_table(long memory, long shared, long table, long expected, bool workers)
    {
        var settings = IndexBuildSettings.ForVectorIndex(memory, shared, table);

        Assert.Equal(expected << 20, settings.MaintenanceWorkMemory);
        Assert.Equal(workers ? Environment.ProcessorCount - 1 : 0, settings.ParallelWorkers);
    }

    private async Task<LettaDeployment> CreateAsync()
    {
        var deployment = await server.CopyAsync();
        await PostgresServer.ExecuteAsync(deployment, Table);
        // A graph is built by chance: far more candidates than the default, so that chance has no say.
        await PostgresServer.ExecuteAsync(deployment, $"ALTER DATABASE {deployment.Name} SET hnsw.ef_search = 400");
        await PostgresServer.ExecuteAsync(deployment, $"INSERT INTO \"Pas sages\" {string.Format(System.Globalization.CultureInfo.InvariantCulture, Rows, 1, 2000)}; ANALYZE \"Pas sages\"");
        return deployment;
    }

    private static async Task<IReadOnlyList<VectorIndexRepair>> RepairAsync(
        LettaDeployment deployment, Func<string, string, bool>? isWanted = null, bool all = false, IOperationObserver? observer = null,
        CancellationToken cancellationToken = default)
    {
        using var database = await DeploymentDatabase.OpenAsync(deployment, OperationId.Next(), CancellationToken.None);
        var repairer = new VectorIndexRepairer(deployment, database, observer ?? new CollectingObserver());
        var plan = await repairer.PlanAsync(isWanted ?? ((_, _) => true), all, cancellationToken);
        return await repairer.RunAsync(plan, _ => { }, cancellationToken);
    }

    private static Task<List<string>> OidsAsync(LettaDeployment deployment) => PostgresServer.LinesAsync(
        deployment, "SELECT relname, oid FROM pg_class WHERE relam IN (SELECT oid FROM pg_am WHERE amname IN ('hnsw', 'ivfflat')) ORDER BY relname");
}
