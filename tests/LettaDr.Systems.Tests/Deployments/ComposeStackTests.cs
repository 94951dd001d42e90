using System.Net;

namespace LettaDr.Systems.Tests;

public sealed class ComposeStackTests(ComposeStack stack) : IClassFixture<ComposeStack>
{
    [ComposeFact]
    public void From_the_compose_file_everything_is_found()
    {
        var found = stack.Deployment;
        Assert.Equal(stack.Project, found.Name);
        Assert.Equal(("agents", "letta", "letta-secret"), (found.Database.Database, found.Database.UserName, found.Database.Password!.Reveal()));
        Assert.Equal("agents", found.Database.Schema);
        Assert.Equal("hush-cache", found.Cache!.Password!.Reveal());
        Assert.Equal("open sesame", found.Server!.Password!.Reveal());
        Assert.Equal(3, found.Containers.Count);
        Assert.All(found.Containers, container =>
        {
            Assert.True(container.IsRunning);
            Assert.Equal(stack.Project, container.Project);
            Assert.Contains("sha256:", container.ImageDigest, StringComparison.Ordinal);
        });
    }

    [ComposeFact]
    public void The_container_s_own_address_is_preferred_to_the_published_port()
    {
        var database = stack.Deployment.Database;
        Assert.Equal(5432, database.Port);
        Assert.Equal(database.Container!.Address, database.Host);
        Assert.NotEqual(IPAddress.Loopback.ToString(), database.Host);
    }

    [ComposeFact]
    public void Each_fact_says_where_it_came_from()
    {
        Assert.Equal("folder name " + Path.GetFileName(stack.Folder), Source("Name"));
        Assert.Equal("compose.yaml services.letta_db.environment.POSTGRES_USER (default of ${LETTA_PG_USER:-letta})", Source("Database.User"));
        Assert.Equal("compose.yaml services.letta_db.environment.POSTGRES_PASSWORD (default of ${LETTA_PG_PASSWORD:-…})", Source("Database.Password"));
        Assert.Contains("LETTA_PG_URI from .env line 5", Source("Database.Name"), StringComparison.Ordinal);
        Assert.Equal("SELECT current_schema()", Source("Database.Schema"));
        Assert.Equal("compose.yaml services.letta_server.environment.LETTA_REDIS_HOST", stack.Deployment.Cache is null ? null : CacheHostSource());
        Assert.Equal(".env line 3", Source("Server.Password"));
        Assert.Contains("docker-entrypoint-initdb.d/init.sql", Source("Database.InitScript"), StringComparison.Ordinal);
        Assert.NotEmpty(stack.Deployment.Facts.Single(fact => fact.Name == "Database.Volume").Value);

        string Source(string name) => stack.Deployment.Facts.Single(fact => fact.Name == name).Source;
        string CacheHostSource() => MemberRecognition.Recognise(ComposeFixture.Read(stack.Folder).Members) is { } members
            ? CacheDraft.From(members)!.Host.Source : string.Empty;
    }

    [ComposeFact]
    public void No_secret_is_in_any_text()
    {
        var text = string.Join('\n', stack.Deployment.Facts) + stack.Deployment + stack.Deployment.Database + stack.Deployment.Cache
            + stack.Deployment.Server + stack.Deployment.Database.Password + System.Text.Json.JsonSerializer.Serialize(stack.Deployment.Facts);
        Assert.All(["letta-secret", "hush-cache", "open sesame"], secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
    }

    [ComposeFact]
    public async Task From_the_project_and_from_each_container_the_same_is_found()
    {
        var discovery = new DeploymentDiscovery(Path.GetTempPath(), ComposeStack.Nothing);
        List<LettaDeployment> all = [await discovery.FromProjectAsync(stack.Project, default)];
        foreach (var container in stack.Deployment.Containers)
        {
            all.Add(await discovery.ResolveAsync(new DeploymentReference(container.Name), default));
        }

        all.Add(await discovery.ResolveAsync(new DeploymentReference(stack.Project), default));
        all.AddRange((await discovery.FindAsync(null, default)).Where(found => found.Name == stack.Project));
        Assert.Equal(6, all.Count);
        Assert.All(all, found =>
        {
            Assert.Equal(stack.Deployment.Name, found.Name);
            Assert.Equal(stack.Deployment.Database.ToString(), found.Database.ToString());
            Assert.Equal("letta-secret", found.Database.Password!.Reveal());
            Assert.Equal(stack.Deployment.Cache!.ToString(), found.Cache!.ToString());
            Assert.Equal(stack.Deployment.Server!.BaseAddress, found.Server!.BaseAddress);
            Assert.Equal("agents", found.Database.Schema);
        });
    }

    [ComposeFact]
    public async Task From_a_uri_of_the_published_port_the_container_is_found()
    {
        var container = stack.Deployment.Database.Container!;
        var port = container.PublishedPorts[5432];
        var found = await new DeploymentDiscovery().FromUriAsync($"postgresql+asyncpg://letta:letta-secret@localhost:{port}/agents", default);
        Assert.Equal(container.Id, found.Database.Container?.Id);
        Assert.Equal(container.Address, found.Database.Host);
        Assert.Equal("agents", found.Database.Schema);
        Assert.Equal(stack.Project, found.Name);
        Assert.Contains($"publishes port {port}", found.Facts.Single(fact => fact.Name == "Database.Host").Source, StringComparison.Ordinal);
    }

    [ComposeFact]
    public async Task From_a_uri_by_name_or_address_of_the_container_it_is_found()
    {
        var container = stack.Deployment.Database.Container!;
        foreach (var host in new[] { container.Name, container.Id![..12], container.Address! })
        {
            var found = await new DeploymentDiscovery().FromUriAsync($"postgresql://letta:letta-secret@{host}/agents", default);
            Assert.Equal(container.Id, found.Database.Container?.Id);
            Assert.Equal("agents", found.Database.Schema);
        }
    }

    [ComposeFact]
    public async Task From_the_environment()
    {
        var deployment = stack.Deployment;
        var variables = new Dictionary<string, string>
        {
            ["LETTA_PG_HOST"] = deployment.Database.Host,
            ["LETTA_PG_DB"] = "agents",
            ["LETTA_PG_USER"] = "letta",
            ["LETTA_PG_PASSWORD"] = "letta-secret",
            ["LETTA_REDIS_HOST"] = deployment.Cache!.Host,
            ["REDIS_PASSWORD"] = "hush-cache",
            ["LETTA_BASE_URL"] = deployment.Server!.BaseAddress.ToString(),
            ["LETTA_SERVER_PASSWORD"] = "open sesame",
        };
        var found = await new DeploymentDiscovery(environment: variables).FromEnvironmentAsync(default);
        Assert.Equal(deployment.Database.Container!.Id, found.Database.Container?.Id);
        Assert.Equal("environment variable LETTA_PG_USER", found.Facts.Single(fact => fact.Name == "Database.User").Source);
        Assert.All(await ComposeStack.CheckAsync(found), result => Assert.Equal(Outcome.Passed, result.Outcome));
    }

    [ComposeFact]
    public async Task A_healthy_stack_passes_every_check_in_the_order_told()
    {
        var results = await ComposeStack.CheckAsync(stack.Deployment);
        Assert.Equal(DeploymentProbe.CheckNames, results.Select(result => result.Name));
        Assert.All(results, result => Assert.True(result.Outcome == Outcome.Passed, $"{result.Name}: {result.Evidence}"));
        Assert.Contains("17.", Evidence("DatabaseVersion"), StringComparison.Ordinal);
        Assert.Contains("in schema agents", Evidence("DatabaseVector"), StringComparison.Ordinal);
        Assert.Contains("1c28e167b74f", Evidence("DatabaseReady"), StringComparison.Ordinal);
        Assert.Contains("append-only file is on", Evidence("CachePersistence"), StringComparison.Ordinal);
        Assert.Contains("0.16.6", Evidence("ServerHealth"), StringComparison.Ordinal);

        string Evidence(string name) => results.Single(result => result.Name == name).Evidence;
    }

    [ComposeFact]
    public async Task Wrong_secrets_fail_and_are_not_shown()
    {
        var wrong = new Secret("hush-wrong");
        var deployment = stack.Deployment with
        {
            Database = stack.Deployment.Database with { Password = wrong },
            Cache = stack.Deployment.Cache! with { Password = wrong },
            Server = stack.Deployment.Server! with { Password = wrong },
        };
        var results = await ComposeStack.CheckAsync(deployment);
        Assert.Equal(
            ["DatabaseAuthenticated", "DatabaseVersion", "DatabaseVector", "DatabaseReady", "CacheAuthenticated", "CacheVersion", "CachePersistence", "ServerReady"],
            results.Where(result => result.Outcome == Outcome.Failed).Select(result => result.Name));
        Assert.All(results.Where(result => result.Outcome == Outcome.Failed), result => Assert.NotNull(result.Remedy));
        Assert.DoesNotContain("hush-wrong", string.Join('\n', results), StringComparison.Ordinal);
        Assert.Contains("refused the password", results.Single(result => result.Name == "CacheAuthenticated").Evidence, StringComparison.Ordinal);
    }

    [ComposeFact]
    public async Task A_login_that_is_refused_gives_way_to_letta_s_own()
    {
        var folder = stack.Folder;
        var file = Path.Combine(folder, "stale.yaml");
        var text = await File.ReadAllTextAsync(Path.Combine(folder, "compose.yaml"));
        await File.WriteAllTextAsync(file, text.Replace("POSTGRES_PASSWORD=${LETTA_PG_PASSWORD:-letta-secret}", "POSTGRES_PASSWORD=out-of-date", StringComparison.Ordinal));
        var found = await new DeploymentDiscovery(folder, ComposeStack.Nothing).FromPathAsync(file, default);
        Assert.Equal("letta-secret", found.Database.Password!.Reveal());
        Assert.Equal("agents", found.Database.Schema);
    }
}
