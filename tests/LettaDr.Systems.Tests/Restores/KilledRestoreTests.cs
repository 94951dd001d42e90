namespace LettaDr.Systems.Tests;

/// <summary>kill -9 of our process in the middle: the live database is untouched, and the next run puts everything right.</summary>
[Collection(nameof(RestoreCollection))]
public sealed class KilledRestoreTests(PostgresServer server)
{
    // A table in the archive and an index that take their time: each step is still going on when the process is killed.
    private const string SlowDatabase = """
        CREATE TABLE slow (i int PRIMARY KEY, t text);
        INSERT INTO slow SELECT i, md5(i::text) FROM generate_series(1, 40) AS i;
        CREATE FUNCTION slowly(i int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS 'BEGIN PERFORM pg_catalog.pg_sleep(0.15); RETURN i; END';
        """;

    [DockerTheory(TestImages.Postgres)]
    [InlineData("Load the rows")]
    [InlineData("Build indexes and constraints")]
    public async Task Nothing_is_left_of_a_process_killed_in_mid_restore_once_the_next_run_has_begun(string step)
    {
        var deployment = await server.CreateDatabaseAsync();
        await PostgresServer.ExecuteAsync(deployment, SlowDatabase);
        // Rows that are checked as they come in are slow to load; an index over a slow function is slow to build.
        await PostgresServer.ExecuteAsync(
            deployment,
            step == "Load the rows"
                ? "CREATE TABLE slow_to_load (i int CHECK (slowly(i) = i)); INSERT INTO slow_to_load SELECT generate_series(1, 40)"
                : "CREATE INDEX by_slow ON slow (slowly(i))");
        using var repository = new TemporaryRepository();
        var backup = await LettaOperations.BackUpAsync(deployment, repository);
        var inventory = LettaOperations.InventoryOf(repository, backup);
        await PostgresServer.ExecuteAsync(deployment, "DELETE FROM slow WHERE i = 1; CREATE TABLE since (i int)");
        var before = await ServerState.ReadAsync(server, deployment, inventory);

        using (var child = RestoreChild.Start(deployment, repository, step))
        {
            Assert.Equal(ChildProgram.Ready, await child.StandardOutput.ReadLineAsync());
            Assert.Equal("1", await CountAsync("pg_stat_activity", $"datname LIKE '{deployment.Name}\\_\\_restoring%' AND application_name LIKE 'LettaDr%' AND state = 'active'"));
            child.Kill();
            await child.WaitForExitAsync();
        }

        // What is live has seen nothing of it; the half-made database is there, under a name that tells what it is.
        Assert.Equal(before.Rows, await ServerState.RowsAsync(deployment, inventory));
        Assert.Equal("1", await CountAsync("pg_database", $"datname LIKE '{deployment.Name}\\_\\_restoring\\_%'"));

        var observer = new CollectingObserver();
        var result = await LettaOperations.RestoreAsync(deployment, repository, backup, request => request with { DiscardPrevious = true }, observer);

        Assert.Contains(observer.Warnings, warning => warning.Contains($"{deployment.Name}__restoring_", StringComparison.Ordinal));
        Assert.Empty(result.Differences);
        Assert.Empty(await LettaOperations.CompareAsync(inventory, deployment));
        Assert.Equal("0", await CountAsync("pg_database", $"datname LIKE '{deployment.Name}\\_\\_%'"));
        await Eventually.TrueAsync(async () => await CountAsync("pg_stat_activity", "application_name LIKE 'LettaDr%'") == "0");
        await Eventually.TrueAsync(async () => (await server.ShellAsync("grep -al pg_restore /proc/[0-9]*/cmdline | xargs -r grep -aL grep || true")).Length == 0);
        Assert.Equal(before.Files, await server.ShellAsync("ls /tmp"));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_database_whose_making_outlived_the_process_is_swept_as_well()
    {
        // Killed between CREATE DATABASE and the note in its comment: only the name tells.
        var deployment = await server.CreateLettaDatabaseAsync();
        using var repository = new TemporaryRepository();
        var backup = await LettaOperations.BackUpAsync(deployment, repository);
        var left = DatabaseMark.NameBeside(deployment.Name, DatabaseMark.Restoring, OperationId.Next());
        var users = deployment.Name + "__restoring_by_hand";
        await PostgresServer.ExecuteAsync(server.Deployment("postgres"), $"CREATE DATABASE \"{left}\"");
        await PostgresServer.ExecuteAsync(server.Deployment("postgres"), $"CREATE DATABASE \"{users}\"");
        var observer = new CollectingObserver();

        await LettaOperations.RestoreAsync(deployment, repository, backup, null, observer);

        Assert.Contains(observer.Warnings, warning => warning.Contains(left, StringComparison.Ordinal));
        Assert.Equal("0", await CountAsync("pg_database", $"datname = '{left}'"));
        Assert.Equal("1", await CountAsync("pg_database", $"datname = '{users}'"));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task What_other_databases_restores_have_left_is_left_alone()
    {
        var deployment = await server.CreateLettaDatabaseAsync();
        using var repository = new TemporaryRepository();
        var backup = await LettaOperations.BackUpAsync(deployment, repository);
        var others = DatabaseMark.NameBeside("another", DatabaseMark.Restoring, OperationId.Next());
        var mark = new DatabaseMark(DatabaseMark.Restoring, "another", backup.Id, DateTimeOffset.UtcNow, null);
        await PostgresServer.ExecuteAsync(server.Deployment("postgres"), $"CREATE DATABASE \"{others}\"");
        await PostgresServer.ExecuteAsync(server.Deployment("postgres"), $"COMMENT ON DATABASE \"{others}\" IS {PostgresName.Literal(mark.Write())}");

        await LettaOperations.RestoreAsync(deployment, repository, backup);

        Assert.Equal("1", await CountAsync("pg_database", $"datname = '{others}'"));
        await PostgresServer.ExecuteAsync(server.Deployment("postgres"), $"DROP DATABASE \"{others}\"");
    }

    private Task<string> CountAsync(string table, string condition) =>
        PostgresServer.ValueAsync(server.Deployment("postgres"), $"SELECT count(*) FROM {table} WHERE {condition}");
}
