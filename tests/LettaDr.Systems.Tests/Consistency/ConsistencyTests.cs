namespace LettaDr.Systems.Tests;

/// <summary>What holds of all checks together: sound databases pass, nothing changes, and what cannot be checked is not run.</summary>
[Collection(nameof(ConsistencyCollection))]
public sealed class ConsistencyTests(ConsistencyServer server)
{
    [DockerTheory(TestImages.Postgres)]
    [InlineData("letta")]
    [InlineData("public")]
    [InlineData("Sché \"ma\"")]
    public async Task A_pristine_database_passes_everything_and_is_not_written_to(string schema)
    {
        var name = PostgresServer.NewName("Let ta\"");
        var deployment = await server.CopyAsync(name: name);
        if (schema != "letta")
        {
            await PostgresServer.ExecuteAsync(deployment, $"""
                DROP SCHEMA IF EXISTS public; ALTER SCHEMA letta RENAME TO {PostgresName.Quote(schema)};
                ALTER DATABASE {PostgresName.Quote(name)} SET search_path TO {PostgresName.Quote(schema)}
                """);
        }

        const string NextTransaction = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text";
        var before = await PostgresServer.ValueAsync(deployment, NextTransaction);
        var observer = new CollectingObserver();
        var run = await ConsistencyRun.OfAsync(deployment, await InventoryAsync(deployment), observer: observer);

        Assert.True(run.NotPassed().Length == 0, run.NotPassed());
        Assert.Equal(before, await PostgresServer.ValueAsync(deployment, NextTransaction));
        Assert.Contains(observer.Reports, report => report.Status == "BTreesSound" && report.BytesDone > 0 && report.BytesTotal > report.BytesDone);
        Assert.Contains("as in the set", run["IndexesValid"].Evidence, StringComparison.Ordinal);
        Assert.Contains("as the set is", run["AlembicRevision"].Evidence, StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_backup_that_begins_meanwhile_does_not_end_the_checks()
    {
        var deployment = await server.CopyAsync();
        await using var session = new ConsistencySession(
            deployment.Database, null, new ProgressMeter(new CollectingObserver(), "Testing"));
        await session.BeginAsync(CancellationToken.None);
        using var repository = new TemporaryRepository();

        await LettaOperations.BackUpAsync(deployment, repository);

        Assert.Equal(1, await session.ScalarAsync<int>("SELECT 1", CancellationToken.None));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task What_differs_from_the_set_is_found()
    {
        var deployment = await server.CopyAsync();
        var expected = await InventoryAsync(deployment);
        await PostgresServer.ExecuteAsync(deployment, """
            DROP INDEX ix_messages_agent_conversation_sequence; CREATE INDEX since ON messages (created_at); UPDATE alembic_version SET version_num = 'older'
            """);

        var run = await ConsistencyRun.OfAsync(deployment, expected);

        run.AssertFailedAlone("IndexesValid", "AlembicRevision");
        Assert.Contains("letta.ix_messages_agent_conversation_sequence", run["IndexesValid"].Evidence, StringComparison.Ordinal);
        Assert.Contains(LettaSchema.Revision, run["AlembicRevision"].Evidence, StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Missing_tables_are_named_by_the_checks_that_need_them()
    {
        var deployment = await server.CopyAsync();
        await PostgresServer.ExecuteAsync(deployment, "DROP TABLE messages, mcp_oauth, archival_passages CASCADE; DROP EXTENSION amcheck");

        var run = await ConsistencyRun.OfAsync(deployment);

        run.AssertNotRun(
            "BTreesSound", "SequencesAhead", "VectorDimensions", "VectorsFinite", "VectorRecall", "MessageIdsResolve", "EncryptedColumnsAreEncrypted");
        Assert.Contains("CREATE EXTENSION amcheck", run["BTreesSound"].Remedy, StringComparison.Ordinal);
        Assert.Contains("mcp_oauth", run["EncryptedColumnsAreEncrypted"].Evidence, StringComparison.Ordinal);
        Assert.Contains("messages", run["MessageIdsResolve"].Evidence, StringComparison.Ordinal);
        Assert.Contains("archival_passages", run["VectorsFinite"].Evidence, StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_role_without_rights_is_told_so_and_nothing_fails()
    {
        var deployment = await server.CopyAsync();
        var role = await server.CreateRoleAsync();
        var stranger = server.Deployment(deployment.Name, role);

        var run = await ConsistencyRun.OfAsync(stranger);

        run.AssertNotRun(
            "ForeignKeysHold", "BTreesSound", "SequencesAhead", "AlembicRevision", "SearchPath", "VectorDimensions", "VectorsFinite",
            "MessageIdsResolve", "EncryptedColumnsAreEncrypted");

        await PostgresServer.ExecuteAsync(deployment, $"GRANT USAGE ON SCHEMA letta TO {role}; GRANT SELECT ON ALL TABLES IN SCHEMA letta TO {role}; GRANT SELECT ON ALL SEQUENCES IN SCHEMA letta TO {role}");
        run = await ConsistencyRun.OfAsync(stranger);
        run.AssertNotRun("BTreesSound");
        Assert.Contains("GRANT EXECUTE", run["BTreesSound"].Remedy, StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_server_without_checksums_is_no_server_whose_pages_are_sound()
    {
        await using var plain = new SpareServer();
        await plain.InitializeAsync();

        var run = await ConsistencyRun.OfAsync(plain.Deployment("postgres"));

        Assert.Equal(Outcome.NotRun, run["PageChecksums"].Outcome);
        Assert.Contains("pg_checksums --enable", run["PageChecksums"].Remedy, StringComparison.Ordinal);
        Assert.Equal(Outcome.Failed, run["AlembicRevision"].Outcome);
        Assert.Equal(Outcome.NotRun, run["MessageIdsResolve"].Outcome);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task What_is_skipped_is_not_run_and_an_unknown_name_is_refused()
    {
        var deployment = await server.CopyAsync();

        var run = await ConsistencyRun.OfAsync(deployment, skip: ["btreessound", "PreparedTransactions"]);

        run.AssertNotRun("BTreesSound", "PreparedTransactions");
        var fault = await Assert.ThrowsAsync<LettaDrException>(() => ConsistencyRun.OfAsync(deployment, skip: ["NoSuchCheck"]));
        Assert.Equal("CheckUnknown", fault.Id);
        Assert.Contains("ForeignKeysHold", fault.Remedy, StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_server_that_does_not_answer_fails_the_first_check_and_runs_no_other()
    {
        var deployment = server.Deployment("letta");
        var run = await ConsistencyRun.OfAsync(deployment with { Database = deployment.Database with { Host = "127.0.0.1", Port = 1 } });

        Assert.Equal(Outcome.Failed, run.Results[0].Outcome);
        Assert.All(run.Results.Skip(1), result => Assert.Equal(Outcome.NotRun, result.Outcome));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Stopping_ends_what_the_server_does()
    {
        var deployment = await server.CopyAsync();
        await using var blocker = await PostgresServer.OpenAsync(deployment);
        await PostgresConnector.ExecuteAsync(blocker, "BEGIN; LOCK TABLE agents", CancellationToken.None);
        using var stopping = new CancellationTokenSource();
        var running = ConsistencyRun.OfAsync(deployment, cancellationToken: stopping.Token);
        const string Waiting = "SELECT count(*)::text FROM pg_stat_activity WHERE application_name LIKE 'LettaDr%' AND datname = current_database() AND wait_event_type = 'Lock'";
        await Eventually.TrueAsync(async () => await PostgresServer.ValueAsync(deployment, Waiting) == "1");

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await Eventually.EmptyAsync(async () => string.Join('\n', await PostgresServer.LinesAsync(
            deployment, "SELECT query FROM pg_stat_activity WHERE application_name LIKE 'LettaDr%' AND datname = current_database()")));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_table_that_stays_locked_is_not_waited_for_for_ever()
    {
        var deployment = await server.CopyAsync();
        await using var blocker = await PostgresServer.OpenAsync(deployment);
        await PostgresConnector.ExecuteAsync(blocker, "BEGIN; LOCK TABLE providers", CancellationToken.None);

        var run = await ConsistencyRun.OfAsync(deployment, skip: ["ForeignKeysHold", "BTreesSound"]);

        run.AssertNotRun("ForeignKeysHold", "BTreesSound", "EncryptedColumnsAreEncrypted");
        Assert.Contains("stayed locked", run["EncryptedColumnsAreEncrypted"].Evidence, StringComparison.Ordinal);
    }

    private static async Task<DatabaseInventory> InventoryAsync(LettaDeployment deployment)
    {
        using var database = await DeploymentDatabase.OpenAsync(deployment, OperationId.Next(), CancellationToken.None);
        await using var source = database.OpenSource();
        return await source.BeginSnapshotAsync(CancellationToken.None);
    }
}
