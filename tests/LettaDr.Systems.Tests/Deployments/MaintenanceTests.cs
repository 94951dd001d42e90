using Npgsql;

namespace LettaDr.Systems.Tests;

[Collection(nameof(MaintenanceCollection))]
public sealed class MaintenanceTests(ComposeStack stack)
{
    [ComposeFact]
    public async Task Every_replica_is_stopped_superusers_are_refused_and_leaving_puts_all_back()
    {
        await using var stage = await MaintenanceStage.SetAsync(stack);
        Assert.Equal("on", await PostgresServer.ValueAsync(stage.Deployment, "SHOW is_superuser"));

        var entered = await stage.EnterAsync();

        await stage.AssertInMaintenanceAsync();
        Assert.True(entered is { Active: true, DatabaseClosed: true, Reason: "a test", Remaining.Count: 0 });
        Assert.Equal(2, entered.Containers.Count);
        Assert.Empty(entered.Sessions);
        Assert.Single(Directory.EnumerateFiles(stage.NotesFolder));

        // What finds deployments finds it still, with the login that is right.
        var found = await new DeploymentDiscovery(stack.Folder, ComposeStack.Nothing).FromProjectAsync(stack.Project, default);
        Assert.Equal("letta-secret", found.Database.Password!.Reveal());
        Assert.Contains("takes no connections, as in maintenance", (await ComposeStack.CheckAsync(found)).Single(result => result.Name == "DatabaseAuthenticated").Evidence, StringComparison.Ordinal);

        var left = await stage.ExitAsync();

        Assert.True(left is { Active: false, DatabaseClosed: false, Reason: "a test", Containers.Count: 2, Remaining.Count: 0 });
        Assert.Equal(entered.Since, left.Since);
        await stage.AssertServesAsBeforeAsync();
        Assert.Null((await stage.ExitAsync()).Since);
        await stage.AssertServesAsBeforeAsync();
    }

    [ComposeFact]
    public async Task Who_is_connected_is_told_and_ended_only_on_request()
    {
        await using var stage = await MaintenanceStage.SetAsync(stack);
        var text = new NpgsqlConnectionStringBuilder(PostgresServer.ConnectionString(stage.Deployment)) { ApplicationName = "a report" }.ConnectionString;
        await using var visitor = new NpgsqlConnection(text);
        await visitor.OpenAsync();
        await using var transaction = await visitor.BeginTransactionAsync();
        await PostgresConnector.ExecuteAsync(visitor, "SELECT 1", default);

        var told = Assert.Single((await stage.EnterAsync()).Sessions);

        Assert.Equal((visitor.ProcessID, "letta", "a report", "idle in transaction"), (told.ProcessId, told.Role, told.Application, told.State));
        Assert.NotNull(told.Client);
        Assert.InRange(told.Since!.Value, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(1));
        await PostgresConnector.ExecuteAsync(visitor, "SELECT 1", default);

        var again = await stage.EnterAsync(new MaintenanceRequest { DisconnectSessions = true });

        Assert.Equal((1, 0, "a test"), (again.SessionsEnded, again.Sessions.Count, again.Reason));
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => PostgresConnector.ExecuteAsync(visitor, "SELECT 1", default));
        await stage.ExitAsync();
        await stage.AssertServesAsBeforeAsync();
    }

    [ComposeFact]
    public async Task The_database_can_be_opened_for_tools_while_the_server_stays_stopped()
    {
        await using var stage = await MaintenanceStage.SetAsync(stack);
        using var repository = new TemporaryRepository();
        await stage.EnterAsync();
        var refused = await Assert.ThrowsAsync<LettaDrException>(() => LettaOperations.BackUpAsync(stage.Deployment, repository));
        Assert.Equal("DatabaseClosed", refused.Id);
        Assert.Contains("-AllowConnections", refused.Remedy, StringComparison.Ordinal);

        Assert.False((await stage.EnterAsync(new MaintenanceRequest { AllowConnections = true })).DatabaseClosed);

        Assert.All(await stage.RunsAsync(), state => Assert.Equal("exited no:0", state));
        var backup = await LettaOperations.BackUpAsync(stage.Deployment, repository);
        Assert.Equal(MaintenanceStage.Comment, LettaOperations.InventoryOf(repository, backup).Database.Comment);
        Assert.True((await stage.EnterAsync()).DatabaseClosed);
        await stage.AssertInMaintenanceAsync();
        await stage.ExitAsync();
        await stage.AssertServesAsBeforeAsync();
    }

    [ComposeFact]
    public async Task A_database_that_a_restore_swaps_in_is_closed_too_and_both_are_opened_in_the_end()
    {
        await using var stage = await MaintenanceStage.SetAsync(stack);
        using var repository = new TemporaryRepository();
        var backup = await LettaOperations.BackUpAsync(stage.Deployment, repository);
        await stage.EnterAsync();
        var before = await stage.ElsewhereValueAsync("SELECT oid FROM pg_database WHERE datname = 'agents'");

        var restored = await LettaOperations.RestoreAsync(stage.Deployment, repository, backup);

        Assert.NotEqual(before, await stage.ElsewhereValueAsync("SELECT oid FROM pg_database WHERE datname = 'agents'"));
        await stage.AssertInMaintenanceAsync();
        Assert.Equal("True", await stage.ElsewhereValueAsync($"SELECT datallowconn FROM pg_database WHERE datname = '{restored.PreviousDatabase}'"));
        await stage.ExitAsync();
        await stage.AssertServesAsBeforeAsync();

        // Maintenance that was over must not come back with a database that was set aside in it.
        stack.Compose("stop", "letta_server");
        using var database = await DeploymentDatabase.OpenAsync(stage.Deployment, OperationId.Next(), default);
        await using var target = database.OpenTarget();
        await new RestoreUndoing(target, stage.Observer, repository.Journals).RunAsync(stage.Deployment, "agents", true, OperationId.Next(), default);
        Assert.Equal($"t {MaintenanceStage.Comment}", await stage.DoorAsync());
        Assert.Equal(before, await stage.ElsewhereValueAsync("SELECT oid FROM pg_database WHERE datname = 'agents'"));
    }

    [ComposeFact]
    public async Task A_container_that_was_made_anew_is_started_and_one_that_is_gone_is_told()
    {
        await using var stage = await MaintenanceStage.SetAsync(stack);
        var entered = await stage.EnterAsync();
        foreach (var replica in await stage.ReplicasAsync())
        {
            await stage.Engine.Containers.RemoveAsync(replica.Container.Id!, volumes: true, default);
        }

        stack.Compose("up", "--no-start", "letta_server");

        var left = await stage.ExitAsync();

        Assert.Equal(entered.Containers[0], Assert.Single(left.Containers));
        Assert.Contains(entered.Containers[1], Assert.Single(left.Remaining), StringComparison.Ordinal);
        Assert.Equal("running", Assert.Single(await stage.ReplicasAsync()).Container.State);
    }

    [ComposeFact]
    public async Task A_deployment_outside_Docker_is_closed_and_the_server_left_to_the_user()
    {
        await using var stage = await MaintenanceStage.SetAsync(stack);
        var outside = stage.Deployment with { Server = stage.Deployment.Server! with { Container = null } };

        var entered = await stage.EnterAsync(new MaintenanceRequest { DisconnectSessions = true }, outside);

        Assert.Contains("stop and start it yourself", Assert.Single(entered.Remaining), StringComparison.Ordinal);
        Assert.True(entered.DatabaseClosed);
        Assert.True(entered.SessionsEnded >= 6, "the pools of both replicas");
        Assert.Equal(["running on-failure:3", "running on-failure:3"], await stage.RunsAsync());
        Assert.Equal("ServerReady", Assert.Single(await ComposeStack.CheckAsync(outside), result => result.Name.StartsWith("Server", StringComparison.Ordinal) && result.Outcome == Outcome.Failed).Name);
        await stage.ExitAsync();
        await stage.AssertServesAsBeforeAsync();
    }
}
