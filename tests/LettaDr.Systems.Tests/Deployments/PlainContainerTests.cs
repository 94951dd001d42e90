namespace LettaDr.Systems.Tests;

public sealed class PlainContainerTests(PlainContainers containers) : IClassFixture<PlainContainers>
{
    private readonly DeploymentDiscovery _discovery = new(Path.GetTempPath(), ComposeStack.Nothing);

    [DockerFact(TestImages.Postgres, TestImages.Redis, TestImages.Server)]
    public async Task A_password_in_a_file_is_read_in_the_container()
    {
        var found = await _discovery.FromContainerAsync(containers.Secretive.Name, default);
        Assert.Equal("from a file", found.Database.Password!.Reveal());
        Assert.Equal(("anna", "anna", "anna"), (found.Name, found.Database.UserName, found.Database.Database));
        Assert.Equal("public", found.Database.Schema);
        Assert.StartsWith("file /run/secrets/password in", found.Facts.Single(fact => fact.Name == "Database.Password").Source, StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis, TestImages.Server)]
    public async Task The_server_leads_to_its_database_and_the_database_to_its_server()
    {
        foreach (var name in new[] { containers.Server.Name, containers.Database.Name, containers.Database.Id![..12] })
        {
            var found = await _discovery.FromContainerAsync(name, default);
            Assert.Equal(containers.Database.Id, found.Database.Container?.Id);
            Assert.Equal(containers.Server.Id, found.Server?.Container?.Id);
            Assert.Equal("hush", found.Database.Password!.Reveal());
        }
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis, TestImages.Server)]
    public async Task A_database_without_letta_fails_readiness_and_what_is_not_there_is_not_run()
    {
        var found = await _discovery.FromContainerAsync(containers.Secretive.Name, default);
        var results = await ComposeStack.CheckAsync(found);
        Assert.Equal(DeploymentProbe.CheckNames, results.Select(result => result.Name));
        Assert.Equal(Outcome.Failed, Result("DatabaseVector").Outcome);
        Assert.Equal(Outcome.Failed, Result("DatabaseReady").Outcome);
        Assert.Contains("none of Letta's tables", Result("DatabaseReady").Evidence, StringComparison.Ordinal);
        Assert.All(
            results.Where(result => result.Name.StartsWith("Cache", StringComparison.Ordinal) || result.Name.StartsWith("Server", StringComparison.Ordinal)),
            result => Assert.Equal(Outcome.NotRun, result.Outcome));

        CheckResult Result(string name) => results.Single(result => result.Name == name);
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis, TestImages.Server)]
    public async Task A_lost_search_path_fails_readiness_and_the_schema_is_named()
    {
        var found = await _discovery.FromContainerAsync(containers.Secretive.Name, default);
        var endpoint = found.Database with { Database = "lost" };
        await using (var owner = await ProbeConnection.OpenAsync(found.Database, TimeSpan.FromSeconds(5), default))
        {
            await ProbeConnection.ScalarAsync(owner, "CREATE DATABASE lost", default);
        }

        await using (var owner = await ProbeConnection.OpenAsync(endpoint, TimeSpan.FromSeconds(5), default))
        {
            await ProbeConnection.ScalarAsync(owner, "CREATE SCHEMA \"Letta 2\"; CREATE TABLE \"Letta 2\".alembic_version (version_num text)", default);
        }

        var result = (await ComposeStack.CheckAsync(found with { Database = endpoint })).Single(check => check.Name == "DatabaseReady");
        Assert.Equal(Outcome.Failed, result.Outcome);
        Assert.Contains("\"Letta 2\"", result.Remedy, StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis, TestImages.Server)]
    public async Task A_uri_without_password_takes_the_container_s_own_for_its_owner()
    {
        var port = containers.Database.PublishedPorts[5432];
        var found = await _discovery.ResolveAsync(new DeploymentReference($"postgresql://postgres@127.0.0.1:{port}/postgres"), default);
        Assert.Equal("hush", found.Database.Password?.Reveal());
        Assert.Equal("public", found.Database.Schema);
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis, TestImages.Server)]
    public async Task A_database_that_is_not_there_leaves_the_schema_unknown_and_says_why()
    {
        var found = await _discovery.FromUriAsync($"postgresql://postgres:hush@{containers.Database.Address}/nowhere", default);
        Assert.Null(found.Database.Schema);
        Assert.Contains("\"nowhere\" does not exist", found.Facts.Single(fact => fact.Name == "Database.Schema").Source, StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis, TestImages.Server)]
    public async Task Limits_and_mounts_of_a_container_are_told()
    {
        var id = await containers.RunAsync(new DockerRunRequest
        {
            Image = TestImages.Redis,
            Entrypoint = ["sleep"],
            Command = ["86400"],
            ShmSizeBytes = 128 << 20,
            MemoryBytes = 256 << 20,
            Volumes = [new ContainerVolume("tmpfs", string.Empty, "/scratch", ReadOnly: false)],
        });
        Assert.Equal(128 << 20, await containers.Engine.ShmSizeBytesAsync(id, default));
        Assert.Equal(256 << 20, await containers.Engine.MemoryLimitBytesAsync(id, default));
        Assert.Null(await containers.Engine.MemoryLimitBytesAsync(containers.Server.Id!, default));
        Assert.Contains(await containers.Engine.ListAsync(false, ContainerFixture.Labels, default), details => details.Container.Id == id);
        await containers.Engine.Containers.StopAsync(id, TimeSpan.Zero, default);
        Assert.Equal("exited", (await containers.Engine.InspectAsync(id, default)).State);
        await containers.Engine.Containers.StartAsync(id, default);
        Assert.True((await containers.Engine.InspectAsync(id, default)).IsRunning);
        await containers.Engine.Containers.RemoveAsync(id, volumes: true, default);
        await containers.Engine.Containers.RemoveAsync(id, volumes: true, default);
        Assert.Equal(FaultKind.NotFound, (await Assert.ThrowsAsync<LettaDrException>(() => containers.Engine.InspectAsync(id, default))).Kind);
    }
}
