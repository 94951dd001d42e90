namespace LettaDr.Systems.Tests;

/// <summary>Entering and leaving that break off, and what stands in their way.</summary>
[Collection(nameof(MaintenanceCollection))]
public sealed class MaintenanceFaultTests(ComposeStack stack)
{
    [ComposeTheory]
    [InlineData("Write down what is to be put back")]
    [InlineData("Stop the server")]
    [InlineData("Refuse new connections")]
    [InlineData("End sessions")]
    public async Task Killed_while_entering_either_way_can_be_gone_from_there(string step)
    {
        await using var stage = await MaintenanceStage.SetAsync(stack);
        await KillAsync(stage, "enter", step);

        await stage.ExitAsync();

        await stage.AssertServesAsBeforeAsync();
        await KillAsync(stage, "enter", step);
        await stage.EnterAsync();
        await stage.AssertInMaintenanceAsync();
        await stage.ExitAsync();
        await stage.AssertServesAsBeforeAsync();
    }

    [ComposeTheory]
    [InlineData("Let connections in")]
    [InlineData("Start the server")]
    [InlineData("Wait until the server answers a real query")]
    [InlineData("Forget what was put back")]
    public async Task Killed_while_leaving_either_way_can_be_gone_from_there(string step)
    {
        await using var stage = await MaintenanceStage.SetAsync(stack);
        await stage.EnterAsync();
        await KillAsync(stage, "exit", step);

        await stage.ExitAsync();

        await stage.AssertServesAsBeforeAsync();
        await stage.EnterAsync();
        await KillAsync(stage, "exit", step);
        await stage.EnterAsync();
        await stage.AssertInMaintenanceAsync();
        await stage.ExitAsync();
        await stage.AssertServesAsBeforeAsync();
    }

    [ComposeFact]
    public async Task Without_the_note_of_this_machine_the_databases_comment_tells_all()
    {
        await using var stage = await MaintenanceStage.SetAsync(stack);
        await stage.EnterAsync();
        using var elsewhere = new TemporaryFolder("other-machine");

        var left = await stage.ExitAsync(notes: new MaintenanceFiles(elsewhere.Path));

        Assert.Equal(2, left.Containers.Count);
        File.Delete(Assert.Single(Directory.EnumerateFiles(stage.NotesFolder)));
        await stage.AssertServesAsBeforeAsync();
    }

    [ComposeFact]
    public async Task With_the_database_down_the_server_is_stopped_all_the_same()
    {
        await using var stage = await MaintenanceStage.SetAsync(stack);
        stack.Compose("stop", "letta_db");

        var entered = await stage.EnterAsync();

        Assert.Null(entered.DatabaseClosed);
        Assert.Contains("The database was left as it is", Assert.Single(entered.Remaining), StringComparison.Ordinal);
        Assert.Equal(["exited no:0", "exited no:0"], await stage.RunsAsync());
        stack.Compose("start", "letta_db");
        await stage.FindAsync();
        await Eventually.TrueAsync(async () =>
            (await ComposeStack.CheckAsync(stage.Deployment)).Single(result => result.Name == "DatabaseReady").Outcome == Outcome.Passed);
        await stage.ExitAsync();
        await stage.AssertServesAsBeforeAsync();
    }

    [ComposeFact]
    public async Task A_server_that_does_not_come_up_is_told_with_its_log_and_leaving_can_be_tried_again()
    {
        await using var stage = await MaintenanceStage.SetAsync(stack);
        await stage.EnterAsync(new MaintenanceRequest { AllowConnections = true });
        foreach (var replica in await stage.ReplicasAsync())
        {
            await stage.Engine.Containers.SetRestartPolicyAsync(replica.Container.Id!, "no", 0, default);
        }

        await PostgresServer.ExecuteAsync(stage.Deployment, "UPDATE alembic_version SET version_num = 'unheard-of'");

        var failure = await Assert.ThrowsAsync<LettaDrException>(() => stage.ExitAsync(TimeSpan.FromSeconds(5)));

        Assert.Equal("ServerNotReady", failure.Id);
        Assert.Contains("not ready within 5 s", failure.Message, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.EnumerateFiles(stage.NotesFolder));
        await PostgresServer.ExecuteAsync(stage.Deployment, "UPDATE alembic_version SET version_num = '1c28e167b74f'");
        await stage.ExitAsync();
        await stage.AssertServesAsBeforeAsync();
    }

    [ComposeFact]
    public async Task A_role_without_the_right_and_a_container_that_would_be_gone_are_refused_before_anything_is_changed()
    {
        await using var stage = await MaintenanceStage.SetAsync(stack);
        await stage.ElsewhereAsync("DROP ROLE IF EXISTS guest; CREATE ROLE guest LOGIN PASSWORD 'guest'");
        var guest = stage.Deployment with { Database = stage.Deployment.Database with { UserName = "guest", Password = new Secret("guest") } };
        var right = await Assert.ThrowsAsync<LettaDrException>(() => stage.EnterAsync(deployment: guest));
        Assert.Equal(FaultKind.PermissionDenied, right.Kind);

        var passing = await RunPassingAsync(stage);
        try
        {
            var container = await stage.Engine.InspectAsync(passing, default);
            var kept = await Assert.ThrowsAsync<LettaDrException>(
                () => stage.EnterAsync(deployment: stage.Deployment with { Server = stage.Deployment.Server! with { Container = container } }));
            Assert.Equal("ContainerNotKept", kept.Id);
            Assert.True((await stage.Engine.InspectAsync(passing, default)).IsRunning);
        }
        finally
        {
            await stage.Engine.Containers.RemoveAsync(passing, volumes: true, default);
        }

        await stage.AssertServesAsBeforeAsync();
    }

    [ComposeFact]
    public async Task Two_at_once_are_kept_apart()
    {
        await using var stage = await MaintenanceStage.SetAsync(stack);
        await using var other = new PostgresDoor(stage.Deployment.Database, OperationId.Next());
        await other.LockAsync(default);

        Assert.Equal("MaintenanceBusy", (await Assert.ThrowsAsync<LettaDrException>(() => stage.EnterAsync())).Id);
        await stage.AssertServesAsBeforeAsync();
    }

    private static async Task KillAsync(MaintenanceStage stage, string way, string step)
    {
        using var child = MaintenanceChild.Start(stage, way, step);
        Assert.Equal(ChildProgram.Ready, await child.StandardOutput.ReadLineAsync());
        child.Kill();
        await child.WaitForExitAsync();
        await Eventually.TrueAsync(async () => await stage.ElsewhereValueAsync("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == "0");
    }

    private static async Task<string> RunPassingAsync(MaintenanceStage stage)
    {
        var name = ContainerFixture.UniqueName("rm");
        using var docker = System.Diagnostics.Process.Start(
            "docker", ["run", "--rm", "-d", "--name", name, "--label", "lettadr.test=1", "--entrypoint", "sleep", TestImages.Server, "600"]);
        await docker.WaitForExitAsync();
        return (await stage.Engine.InspectAsync(name, default)).Id!;
    }
}
