namespace LettaDr.Systems.Tests;

/// <summary>The main job: a database is lost and comes back with nothing missing; what it replaces is kept, and can be put back.</summary>
[Collection(nameof(RestoreCollection))]
public sealed class FullRestoreTests(PostgresServer server)
{
    [DockerFact(TestImages.Postgres)]
    public async Task A_lost_database_comes_back_identical()
    {
        var deployment = await server.CreateLettaDatabaseAsync();
        await PostgresServer.ExecuteAsync(deployment, $"COMMENT ON DATABASE {deployment.Name} IS 'production'");
        using var repository = new TemporaryRepository();
        var backup = await LettaOperations.BackUpAsync(deployment, repository);
        var indexes = await IndexesAsync(deployment);
        var constraints = await ConstraintsAsync(deployment);
        await PostgresServer.ExecuteAsync(server.Deployment("postgres"), $"DROP DATABASE {deployment.Name}");

        var result = await LettaOperations.RestoreAsync(deployment, repository, backup);

        var inventory = LettaOperations.InventoryOf(repository, backup);
        Assert.Equal(49, result.TablesIdentical);
        Assert.Equal(49, result.Tables);
        Assert.Equal(backup.Rows, result.Rows);
        Assert.Empty(result.Differences);
        Assert.Null(result.PreviousDatabase);
        Assert.Equal(backup.SnapshotTime, result.SnapshotTime);
        Assert.True(result.RecoveryPointAge > TimeSpan.Zero);
        Assert.Empty(await LettaOperations.CompareAsync(inventory, deployment));
        Assert.Equal(LettaSchema.Revision, await PostgresServer.ValueAsync(deployment, "SELECT version_num FROM alembic_version"));
        Assert.Equal(deployment.Name, await PostgresServer.ValueAsync(deployment, "SHOW search_path"));
        Assert.Equal("0", await PostgresServer.ValueAsync(deployment, "SELECT count(*) FROM pg_namespace WHERE nspname = 'public'"));
        Assert.Equal("production", await CommentAsync(deployment.Name));
        Assert.Equal([deployment.Name], await DatabasesLikeAsync(deployment.Name));
        Assert.Equal(indexes, await IndexesAsync(deployment));
        Assert.Equal(constraints, await ConstraintsAsync(deployment));
        Assert.True(indexes.Count >= 145, $"{indexes.Count} indexes");
        Assert.Empty(await PostgresServer.LinesAsync(deployment, "SELECT 1 FROM pg_index WHERE NOT indisvalid"));
        Assert.NotEqual("0", await PostgresServer.ValueAsync(deployment, "SELECT count(*) FROM pg_stats WHERE tablename = 'messages'"));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task The_planner_has_statistics_of_everything_that_had_them()
    {
        const string Statistics = """
            SELECT format('%s.%s %s', schemaname, tablename, string_agg(attname, ' ' ORDER BY attname)) FROM pg_stats WHERE schemaname NOT LIKE 'pg%' GROUP BY schemaname, tablename
            UNION ALL SELECT format('%s %s', statistics_name, n_distinct IS NOT NULL) FROM pg_stats_ext ORDER BY 1
            """;
        var deployment = await server.CreateLettaDatabaseAsync();
        // By one connection tables of vectors are loaded frozen, and analyzed before they have their indexes.
        await PostgresServer.ExecuteAsync(
            deployment,
            """
            CREATE INDEX odd ON archival_passages ((length(text) % 7)); CREATE STATISTICS together (ndistinct) ON archive_id, organization_id FROM archival_passages;
            CREATE INDEX lower_name ON agents (lower(name)); ANALYZE
            """);
        var before = await PostgresServer.LinesAsync(deployment, Statistics);
        using var repository = new TemporaryRepository();
        var backup = await LettaOperations.BackUpAsync(deployment, repository);

        await LettaOperations.RestoreAsync(deployment, repository, backup, request => request with { Jobs = 1 });

        Assert.Contains(before, line => line.Contains("odd", StringComparison.Ordinal));
        Assert.Contains("together t", before);
        Assert.Equal(before, await PostgresServer.LinesAsync(deployment, Statistics));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task The_replaced_database_is_kept_and_put_back_by_undo()
    {
        var deployment = await server.CreateLettaDatabaseAsync();
        var name = deployment.Name;
        await PostgresServer.ExecuteAsync(deployment, $"COMMENT ON DATABASE {name} IS 'before'");
        using var repository = new TemporaryRepository();
        var backup = await LettaOperations.BackUpAsync(deployment, repository);
        var inventory = LettaOperations.InventoryOf(repository, backup);
        await PostgresServer.ExecuteAsync(
            deployment, $"DELETE FROM messages WHERE sequence_id <= 10; CREATE TABLE later (i int); COMMENT ON DATABASE {name} IS 'changed since'");
        var changed = await ServerState.RowsAsync(deployment, inventory);

        var result = await LettaOperations.RestoreAsync(deployment, repository, backup);

        var previous = result.PreviousDatabase!;
        Assert.Empty(await LettaOperations.CompareAsync(inventory, deployment));
        Assert.Equal([name, previous], await DatabasesLikeAsync(name));
        Assert.Equal("before", await CommentAsync(name));
        Assert.Equal(changed, await ServerState.RowsAsync(server.Deployment(previous), inventory));
        var mark = DatabaseMark.Read(await CommentAsync(previous))!;
        Assert.Equal((DatabaseMark.Previous, name, backup.Id, "changed since"), (mark.State, mark.Target, mark.BackupId, mark.Comment));
        await PostgresServer.ExecuteAsync(deployment, "CREATE TABLE written_after_the_restore (i int)");

        var undone = await UndoAsync(deployment, repository);

        Assert.Equal(changed, await ServerState.RowsAsync(deployment, inventory));
        Assert.Equal("changed since", await CommentAsync(name));
        Assert.Equal(backup.Id, undone.BackupId);
        Assert.Equal([name, undone.UndoneDatabase], await DatabasesLikeAsync(name));
        mark = DatabaseMark.Read(await CommentAsync(undone.UndoneDatabase))!;
        Assert.Equal((DatabaseMark.Undone, name, "before"), (mark.State, mark.Target, mark.Comment));
        Assert.Equal("1", await PostgresServer.ValueAsync(
            server.Deployment(undone.UndoneDatabase), $"SELECT count(*) FROM pg_tables WHERE tablename = 'written_after_the_restore'"));

        var again = await Assert.ThrowsAsync<LettaDrException>(() => UndoAsync(deployment, repository));
        Assert.Equal("NothingToUndo", again.Id);
        Assert.Equal(changed, await ServerState.RowsAsync(deployment, inventory));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task The_same_set_restores_twice_and_both_are_undone_one_after_the_other()
    {
        var deployment = await server.CreateLettaDatabaseAsync();
        using var repository = new TemporaryRepository();
        var backup = await LettaOperations.BackUpAsync(deployment, repository);
        var inventory = LettaOperations.InventoryOf(repository, backup);
        await PostgresServer.ExecuteAsync(deployment, "CREATE TABLE oldest (i int)");
        var first = await LettaOperations.RestoreAsync(deployment, repository, backup);
        await PostgresServer.ExecuteAsync(deployment, "CREATE TABLE between (i int)");
        var second = await LettaOperations.RestoreAsync(deployment, repository, backup);

        Assert.Empty(await LettaOperations.CompareAsync(inventory, deployment));
        Assert.NotEqual(first.PreviousDatabase, second.PreviousDatabase);
        Assert.Equal(3, (await DatabasesLikeAsync(deployment.Name)).Count);

        await UndoAsync(deployment, repository);
        Assert.Equal("between", await PostgresServer.ValueAsync(deployment, "SELECT tablename FROM pg_tables WHERE tablename IN ('oldest', 'between')"));
        await UndoAsync(deployment, repository);
        Assert.Equal("oldest", await PostgresServer.ValueAsync(deployment, "SELECT tablename FROM pg_tables WHERE tablename IN ('oldest', 'between')"));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Nothing_to_undo_is_told_and_touches_nothing()
    {
        var deployment = await server.CreateDatabaseAsync();
        using var repository = new TemporaryRepository();
        var before = await ServerState.ReadAsync(server, null, null);

        var fault = await Assert.ThrowsAsync<LettaDrException>(() => UndoAsync(deployment, repository));

        Assert.Equal("NothingToUndo", fault.Id);
        Assert.Contains(deployment.Name, fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, await ServerState.ReadAsync(server, null, null));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Undo_refuses_while_somebody_is_connected_unless_told_otherwise()
    {
        var deployment = await server.CreateLettaDatabaseAsync();
        using var repository = new TemporaryRepository();
        var backup = await LettaOperations.BackUpAsync(deployment, repository);
        await LettaOperations.RestoreAsync(deployment, repository, backup);
        await using var session = await PostgresServer.OpenAsync(deployment);

        var fault = await Assert.ThrowsAsync<LettaDrException>(() => UndoAsync(deployment, repository));
        Assert.Equal("DatabaseInUse", fault.Id);
        Assert.Equal(2, (await DatabasesLikeAsync(deployment.Name)).Count);

        var undone = await UndoAsync(deployment, repository, disconnectSessions: true);
        Assert.Equal([deployment.Name, undone.UndoneDatabase], await DatabasesLikeAsync(deployment.Name));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task The_replaced_database_is_dropped_when_told_so()
    {
        var deployment = await server.CreateLettaDatabaseAsync();
        using var repository = new TemporaryRepository();
        var backup = await LettaOperations.BackUpAsync(deployment, repository);

        var result = await LettaOperations.RestoreAsync(deployment, repository, backup, request => request with { DiscardPrevious = true });

        Assert.Null(result.PreviousDatabase);
        Assert.Equal([deployment.Name], await DatabasesLikeAsync(deployment.Name));
        Assert.Empty(await LettaOperations.CompareAsync(LettaOperations.InventoryOf(repository, backup), deployment));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task The_journal_tells_each_step_and_its_time()
    {
        var deployment = await server.CreateLettaDatabaseAsync();
        using var repository = new TemporaryRepository();
        var backup = await LettaOperations.BackUpAsync(deployment, repository);
        var observer = new CollectingObserver();

        var result = await LettaOperations.RestoreAsync(deployment, repository, backup, null, observer);

        string[] steps = ["Create the database", "Load the rows", "Build indexes", "Apply settings", "Compare every row", "Swap"];
        Assert.All(steps, step => Assert.Single(result.Stages, stage => stage.Name.StartsWith(step, StringComparison.Ordinal)));
        Assert.All(result.Stages, stage => Assert.True(stage.Outcome == Outcome.Passed && stage.Duration >= TimeSpan.Zero));
        Assert.Equal("Swap", result.Stages[^1].Name);
        Assert.Contains(observer.Reports, report => report is { Status: "Loading rows", BytesDone: > 0 } && report.BytesTotal > 0);
        Assert.Contains(observer.Reports, report => report is { Status: "Comparing every row", BytesDone: > 0 });
        var journals = Directory.GetFiles(System.IO.Path.Combine(repository.Path, deployment.Name, "operations"), "*-Restore.json");
        Assert.Contains("\"outcome\": \"Passed\"", await File.ReadAllTextAsync(Assert.Single(journals)), StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<UndoResult> UndoAsync(LettaDeployment deployment, TemporaryRepository repository, bool disconnectSessions = false)
    {
        var operationId = OperationId.Next();
        using var database = await DeploymentDatabase.OpenAsync(deployment, operationId, CancellationToken.None);
        await using var target = database.OpenTarget();
        return await new RestoreUndoing(target, new CollectingObserver(), repository.Journals)
            .RunAsync(deployment, deployment.Database.Database, disconnectSessions, operationId, CancellationToken.None);
    }

    private Task<List<string>> DatabasesLikeAsync(string prefix) =>
        PostgresServer.LinesAsync(server.Deployment("postgres"), $"SELECT datname FROM pg_database WHERE starts_with(datname, '{prefix}') ORDER BY datname");

    private Task<string> CommentAsync(string database) => PostgresServer.ValueAsync(
        server.Deployment("postgres"), $"SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '{database}'");

    private static Task<List<string>> IndexesAsync(LettaDeployment deployment) => PostgresServer.LinesAsync(
        deployment, "SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema ORDER BY indexname");

    private static Task<List<string>> ConstraintsAsync(LettaDeployment deployment) => PostgresServer.LinesAsync(
        deployment,
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated, condeferrable, condeferred FROM pg_constraint WHERE connamespace = current_schema::regnamespace ORDER BY 1, 2");
}
