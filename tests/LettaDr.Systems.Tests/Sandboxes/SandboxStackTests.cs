using System.Net.Http.Json;
using System.Text.Json;
using Docker.DotNet.Models;

namespace LettaDr.Systems.Tests;

public sealed class SandboxStackTests : IAsyncLifetime
{
    private static readonly LettaSeedSize Small = new() { Agents = 3, Messages = 60, Passages = 8 };

    private readonly RecordingObserver _observer = new();
    private readonly SandboxRequest _request = new() { Name = "lettadr-test-" + Guid.NewGuid().ToString("N")[..8], Size = Small };
    private DockerEngine _engine = null!;

    public async Task InitializeAsync() => _engine = (await DockerEngine.TryConnectAsync(CancellationToken.None))!;

    public async Task DisposeAsync()
    {
        if (_engine is not null)
        {
            await RemoveIfThereAsync(_request.Name);
            _engine.Dispose();
        }
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis, TestImages.Server)]
    public async Task A_sandbox_is_a_whole_deployment_that_answers()
    {
        var sandbox = await CreateAsync(_request);

        Assert.Equal(_request.Name, sandbox.Name);
        Assert.InRange(DateTimeOffset.UtcNow - sandbox.CreatedAt, TimeSpan.Zero, TimeSpan.FromMinutes(2));
        Assert.Equal([TestImages.Postgres, TestImages.Redis, TestImages.Server], sandbox.Images);
        Assert.Equal(["letta_db", "redis", "letta_server"], sandbox.Containers.Select(container => container.Service));
        Assert.All(sandbox.Containers, container => Assert.True(container.IsRunning && container.Project == _request.Name));

        using var http = new HttpClient { BaseAddress = sandbox.Deployment.Server!.BaseAddress };
        Assert.Equal(3, (await http.GetFromJsonAsync<JsonElement>("v1/agents/?limit=50&show_hidden_agents=true")).GetArrayLength());

        var database = sandbox.Deployment.Database;
        var connection = $"Host={database.Host};Port={database.Port};Database={database.Database};Username={database.UserName};"
            + $"Password={database.Password!.Reveal()};Pooling=false";
        Assert.Equal("60\tletta", await Query.ValueAsync(connection, "SELECT count(*), current_schema() FROM messages"));

        using var output = new MemoryStream();
        await _engine.ExecAsync(sandbox.Containers[1].Id!, ["redis-cli", "config", "get", "appendonly"], null, null, output, null, CancellationToken.None);
        Assert.Equal("appendonly\nyes\n", System.Text.Encoding.UTF8.GetString(output.ToArray()));
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis, TestImages.Server)]
    public async Task Nothing_of_it_is_open_beyond_its_own_network_and_nothing_tells_its_password()
    {
        var sandbox = await CreateAsync(_request);

        foreach (var container in await RawContainersAsync(_request.Name))
        {
            Assert.Equal([sandbox.Network], container.NetworkSettings.Networks.Keys);
            Assert.DoesNotContain(container.Ports, port => port.PublicPort != 0);
            Assert.Equal(_request.Name, container.Labels["com.docker.compose.project"]);
            Assert.Equal(_request.Name, container.Labels[SandboxLabels.Sandbox]);
            Assert.True(DateTimeOffset.TryParse(container.Labels[SandboxLabels.Created], out var created) && created <= DateTimeOffset.UtcNow);
        }

        var password = sandbox.Deployment.Database.Password!.Reveal();
        Assert.Equal(40, password.Length);
        Assert.DoesNotContain(_observer.Told, line => line.Contains(password, StringComparison.Ordinal));
        var shown = $"{sandbox} {sandbox.Deployment} {sandbox.Deployment.Database} {string.Join(' ', sandbox.Deployment.Facts)}";
        Assert.DoesNotContain(password, shown, StringComparison.Ordinal);
        Assert.DoesNotContain(password, JsonSerializer.Serialize(sandbox), StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis, TestImages.Server)]
    public async Task Discovery_finds_by_name_what_was_made()
    {
        var made = (await CreateAsync(_request)).Deployment;

        var found = await new DeploymentDiscovery().ResolveAsync(new DeploymentReference(_request.Name), CancellationToken.None);

        Assert.Equal(made.Name, found.Name);
        Assert.Equal(made.Database.ToString(), found.Database.ToString());
        Assert.Equal(made.Database.Password!.Reveal(), found.Database.Password?.Reveal());
        Assert.Equal(made.Database.Schema, found.Database.Schema);
        Assert.Equal(made.Cache!.ToString(), found.Cache?.ToString());
        Assert.Equal(made.Server!.BaseAddress, found.Server?.BaseAddress);
        Assert.Equal(made.Containers.Select(container => container.Id).Order(), found.Containers.Select(container => container.Id).Order());
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis, TestImages.Server)]
    public async Task Published_ports_are_open_to_this_machine_alone_and_limits_are_kept()
    {
        var sandbox = await CreateAsync(_request with { PublishPorts = true, MemoryBytes = 512L << 20, ShmSizeBytes = 128L << 20 });

        var ports = (await RawContainersAsync(_request.Name)).SelectMany(container => container.Ports).Where(port => port.PublicPort != 0).ToList();
        Assert.Equal([5432, 6379, 8283], ports.Select(port => (int)port.PrivatePort).Order());
        Assert.All(ports, port => Assert.Equal("127.0.0.1", port.IP));
        var published = sandbox.Containers[2].PublishedPorts[8283];
        using var http = new HttpClient();
        Assert.Equal("ok", (await http.GetFromJsonAsync<JsonElement>($"http://127.0.0.1:{published}/v1/health/")).GetProperty("status").GetString());
        Assert.Equal(512L << 20, await _engine.MemoryLimitBytesAsync(sandbox.Containers[0].Id!, CancellationToken.None));
        Assert.Equal(128L << 20, await _engine.ShmSizeBytesAsync(sandbox.Containers[0].Id!, CancellationToken.None));
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis, TestImages.Server)]
    public async Task Removing_takes_everything_that_bears_the_label_and_nothing_else()
    {
        var sandbox = await CreateAsync(_request);
        var volumes = sandbox.Containers.SelectMany(container => container.Volumes)
            .Where(volume => volume.Kind == "volume").Select(volume => volume.Source).ToList();
        Assert.NotEmpty(volumes);
        var labels = new Dictionary<string, string> { ["lettadr.test"] = "1", ["com.docker.compose.project"] = _request.Name };
        var bystander = await _engine.Containers.RunAsync(
            new DockerRunRequest { Image = TestImages.Redis, Name = _request.Name + "-redis-2", Labels = labels }, CancellationToken.None);
        await _engine.Containers.CreateNetworkAsync(_request.Name, labels, CancellationToken.None);
        try
        {
            await new SandboxInventory(_engine).RemoveAsync(_request.Name, _observer, CancellationToken.None);

            await AssertNothingLeftAsync();
            var left = await _engine.GuardAsync("list volumes", client => client.Volumes.ListAsync(CancellationToken.None), CancellationToken.None);
            Assert.Empty(left.Volumes.Select(volume => volume.Name).Intersect(volumes));
            Assert.True((await _engine.InspectAsync(bystander, CancellationToken.None)).IsRunning);
            Assert.Single(await NetworkNamesAsync(), name => name == _request.Name);
        }
        finally
        {
            await _engine.Containers.RemoveAsync(bystander, volumes: true, CancellationToken.None);
            await _engine.Containers.RemoveNetworkAsync(_request.Name, CancellationToken.None);
        }
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis, TestImages.Server)]
    public async Task What_is_left_after_removal_by_hand_is_listed_and_removed()
    {
        var sandbox = await CreateAsync(_request);
        foreach (var container in sandbox.Containers)
        {
            await _engine.Containers.RemoveAsync(container.Id!, volumes: true, CancellationToken.None);
        }

        var inventory = new SandboxInventory(_engine);
        Assert.Contains(_request.Name, await inventory.NamesAsync(CancellationToken.None));
        await inventory.RemoveAsync(_request.Name, _observer, CancellationToken.None);
        await AssertNothingLeftAsync();
    }

    [DockerFact]
    public async Task Removing_what_is_not_there_says_so()
    {
        var fault = await Assert.ThrowsAsync<LettaDrException>(
            () => new SandboxInventory(_engine).RemoveAsync(_request.Name, _observer, CancellationToken.None));

        Assert.Equal("SandboxNotFound", fault.Id);
        Assert.Contains(_request.Name, fault.Message, StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis, TestImages.Server)]
    public async Task A_name_that_is_taken_is_refused_and_its_sandbox_stays()
    {
        await CreateAsync(_request);

        var fault = await Assert.ThrowsAsync<LettaDrException>(() => CreateAsync(_request));

        Assert.Equal("SandboxExists", fault.Id);
        Assert.Equal(3, (await RawContainersAsync(_request.Name)).Count);
    }

    [DockerFact]
    public async Task A_name_that_Compose_would_not_take_is_refused()
    {
        foreach (var name in new[] { "", "Sandbox", "-x", "a b", "a/b", new string('a', 49) })
        {
            Assert.Equal("SandboxNameInvalid", (await Assert.ThrowsAsync<LettaDrException>(() => CreateAsync(_request with { Name = name }))).Id);
        }
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis)]
    public async Task A_missing_image_is_named_with_its_remedy_before_anything_is_made()
    {
        const string missing = "localhost:1/no-such/letta:0";

        var fault = await Assert.ThrowsAsync<LettaDrException>(() => CreateAsync(_request with { ServerImage = missing }));

        Assert.Equal("SandboxImageMissing", fault.Id);
        Assert.Contains(missing, fault.Message, StringComparison.Ordinal);
        Assert.Contains($"docker pull {missing}", fault.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain(_observer.Told, line => line.StartsWith("Creating network", StringComparison.Ordinal));
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis)]
    public async Task A_server_that_does_not_start_takes_the_rest_with_it_and_its_log_is_told()
    {
        var fault = await Assert.ThrowsAsync<LettaDrException>(() => CreateAsync(_request with { ServerImage = TestImages.Postgres }));

        Assert.Equal("SandboxNotReady", fault.Id);
        Assert.Contains("letta_server", fault.Message, StringComparison.Ordinal);
        Assert.Contains("POSTGRES_PASSWORD", fault.Message, StringComparison.Ordinal);
        await AssertNothingLeftAsync();
    }

    [DockerFact(TestImages.Redis)]
    public async Task An_image_without_PostgreSQL_is_found_out_at_once()
    {
        var fault = await Assert.ThrowsAsync<LettaDrException>(
            () => CreateAsync(_request with { DatabaseImage = TestImages.Redis, ServerImage = TestImages.Redis }));

        Assert.Equal("SandboxNotReady", fault.Id);
        Assert.Contains("has no program pg_isready", fault.Message, StringComparison.Ordinal);
        await AssertNothingLeftAsync();
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_database_that_cannot_be_set_up_says_what_the_server_said()
    {
        var id = await _engine.Containers.RunAsync(
            new DockerRunRequest
            {
                Image = TestImages.Postgres,
                Name = _request.Name + "-refuses",
                Environment = new Dictionary<string, string> { ["POSTGRES_PASSWORD"] = "test" },
                Labels = SandboxLabels.Of(_request.Name, DateTimeOffset.UtcNow),
            },
            CancellationToken.None);
        await new SandboxReadiness(_engine).CommandAsync(id, ["pg_isready", "-q", "-h", "127.0.0.1"], CancellationToken.None);
        var container = await _engine.InspectAsync(id, CancellationToken.None);
        var endpoint = new DatabaseEndpoint
        {
            Host = container.Address!, Database = "missing", UserName = "postgres", Password = new Secret("test"), Container = container,
        };

        var fault = await Assert.ThrowsAsync<LettaDrException>(
            () => new SandboxDatabase(_engine, endpoint, _observer).PrepareAsync(Small, new Secret("key"), CancellationToken.None));

        Assert.Equal("SandboxDatabaseFailed", fault.Id);
        Assert.Contains("database \"missing\" does not exist", fault.Message, StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Postgres, TestImages.Redis, TestImages.Server)]
    public async Task Stopping_in_the_middle_leaves_nothing()
    {
        using var stopping = new CancellationTokenSource();
        var observer = new RecordingObserver
        {
            OnProgress = progress =>
            {
                if (progress.Status == "Starting Redis")
                {
                    stopping.Cancel();
                }
            },
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new SandboxStack(_engine, observer).CreateAsync(_request, stopping.Token));

        Assert.Contains(observer.Told, line => line.Contains("letta_db", StringComparison.Ordinal));
        Assert.DoesNotContain(observer.Told, line => line.StartsWith("WARNING", StringComparison.Ordinal));
        await AssertNothingLeftAsync();
    }

    private Task<LettaSandbox> CreateAsync(SandboxRequest request) =>
        new SandboxStack(_engine, _observer).CreateAsync(request, CancellationToken.None);

    private async Task RemoveIfThereAsync(string name)
    {
        try
        {
            await new SandboxInventory(_engine).RemoveAsync(name, observer: null, CancellationToken.None);
        }
        catch (LettaDrException fault) when (fault.Kind == FaultKind.NotFound)
        {
            // The test has removed it, or never made it.
        }
    }

    private async Task AssertNothingLeftAsync()
    {
        Assert.Empty(await RawContainersAsync(_request.Name));
        Assert.DoesNotContain(_request.Name + "_default", await NetworkNamesAsync());
        Assert.DoesNotContain(_request.Name, await new SandboxInventory(_engine).NamesAsync(CancellationToken.None));
    }

    private async Task<List<string>> NetworkNamesAsync() => [.. (await _engine.GuardAsync(
        "list networks", client => client.Networks.ListNetworksAsync(), CancellationToken.None)).Select(network => network.Name)];

    private Task<IList<ContainerListResponse>> RawContainersAsync(string sandbox) => _engine.GuardAsync(
        "list containers",
        client => client.Containers.ListContainersAsync(new ContainersListParameters
        {
            All = true,
            Filters = new Dictionary<string, IDictionary<string, bool>>
            {
                ["label"] = new Dictionary<string, bool> { [$"{SandboxLabels.Sandbox}={sandbox}"] = true },
            },
        }),
        CancellationToken.None);
}
