namespace LettaDr.Systems.Tests;

/// <summary>The server dies or its disk fills in the middle of a restore.</summary>
public sealed class ServerFaultTests
{
    private static readonly LettaSeedSize Size = new() { Agents = 3, Messages = 4000, Passages = 400 };

    [DockerTheory(TestImages.Postgres)]
    [InlineData("Load the rows")]
    [InlineData("Build indexes and constraints")]
    [InlineData("Compare every row")]
    public async Task A_server_killed_in_the_middle_is_told_and_the_live_database_is_there_after_a_restart(string when)
    {
        await using var server = new SpareServer(request => request with { Command = [] });
        await server.InitializeAsync();
        var deployment = await CreateLettaAsync(server);
        using var repository = new TemporaryRepository();
        var backup = await LettaOperations.BackUpAsync(deployment, repository);
        var inventory = LettaOperations.InventoryOf(repository, backup);
        await PostgresServer.ExecuteAsync(deployment, "DELETE FROM steps WHERE id IN (SELECT id FROM steps LIMIT 3)");
        var live = await ServerState.RowsAsync(deployment, inventory);
        Task? kill = null;
        var observer = new CollectingObserver
        {
            OnStep = step =>
            {
                if (step.StartsWith(when, StringComparison.Ordinal))
                {
                    kill = Task.Run(async () =>
                    {
                        await Task.Delay(50);
                        await server.KillAsync();
                    });
                    if (when != "Load the rows")
                    {
                        kill.GetAwaiter().GetResult();
                    }
                }
            },
        };

        var fault = await Assert.ThrowsAsync<LettaDrException>(
            () => LettaOperations.RestoreAsync(deployment, repository, backup, null, observer));
        await kill!;

        Assert.False(string.IsNullOrEmpty(fault.Remedy));
        Assert.True(
            fault.Kind is FaultKind.Unreachable or FaultKind.OperationFailed || fault.Message.Contains("is not running", StringComparison.Ordinal),
            $"{fault.Id} {fault.Kind}: {fault.Message}");
        Assert.Contains(observer.Warnings, warning => warning.Contains("__restoring_", StringComparison.Ordinal));

        await server.StartAgainAsync();
        var again = server.Deployment(deployment.Name);
        Assert.Equal(live, await ServerState.RowsAsync(again, inventory));

        // And the next run finds what was left, and ends well.
        var next = new CollectingObserver();
        await LettaOperations.RestoreAsync(again, repository, backup, null, next);
        Assert.Contains(next.Warnings, warning => warning.Contains("__restoring_", StringComparison.Ordinal));
        Assert.Empty(await LettaOperations.CompareAsync(inventory, again));
        Assert.Equal("1", await PostgresServer.ValueAsync(server.Deployment("postgres"), "SELECT count(*) FROM pg_database WHERE datname LIKE '%\\_\\_%'"));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_disk_that_fills_in_the_middle_is_told_and_what_was_made_is_dropped()
    {
        // Without room for its WAL the server would go down as a whole.
        await using var server = new SpareServer(
            request => request with
            {
                Environment = new Dictionary<string, string>(request.Environment) { ["POSTGRES_INITDB_WALDIR"] = "/var/lib/postgresql/wal" },
            },
            diskMegabytes: 400);
        await server.InitializeAsync();
        var deployment = await CreateLettaAsync(server);
        using var repository = new TemporaryRepository();
        var backup = await LettaOperations.BackUpAsync(deployment, repository);
        var inventory = LettaOperations.InventoryOf(repository, backup);
        var live = await ServerState.RowsAsync(deployment, inventory);
        var observer = new CollectingObserver
        {
            OnStep = step =>
            {
                if (step == "Load the rows")
                {
                    server.FillDiskAsync(leaveMegabytes: 2).GetAwaiter().GetResult();
                }
            },
        };

        var fault = await Assert.ThrowsAsync<LettaDrException>(() => LettaOperations.RestoreAsync(deployment, repository, backup, null, observer));

        Assert.True(fault.Id is "ServerDiskFull" or "ProgramFailed" or "ConnectionLost" or "ServerShutDown", $"{fault.Id}: {fault.Message}");
        await server.FreeDiskAsync();
        // A server that could not write at all has gone down, and its container with it.
        await server.StartAgainAsync();
        var again = server.Deployment(deployment.Name);
        Assert.Equal(live, await ServerState.RowsAsync(again, inventory));
        await LettaOperations.RestoreAsync(again, repository, backup);
        Assert.Empty(await LettaOperations.CompareAsync(inventory, again));
    }

    private static async Task<LettaDeployment> CreateLettaAsync(SpareServer server)
    {
        var deployment = server.Deployment("letta");
        await PostgresServer.ExecuteAsync(server.Deployment("postgres"), "CREATE DATABASE letta");
        await PostgresServer.ExecuteAsync(
            deployment, "CREATE SCHEMA letta; ALTER DATABASE letta SET search_path TO letta; CREATE EXTENSION vector WITH SCHEMA letta; DROP SCHEMA public");
        await LettaSchema.CreateAsync(PostgresServer.ConnectionString(deployment), CancellationToken.None);
        await LettaSeeder.SeedAsync(PostgresServer.ConnectionString(deployment), Size, null, CancellationToken.None);
        return deployment;
    }
}
