namespace LettaDr.Systems.Tests;

public sealed class DiscoveryFaultTests
{
    private readonly DeploymentDiscovery _discovery = new(Path.GetTempPath(), ComposeStack.Nothing);

    [Fact]
    public async Task An_engine_that_is_not_there_is_told_with_its_address()
    {
        var fault = await Assert.ThrowsAsync<LettaDrException>(() => DockerEngine.ConnectAsync(new Uri("unix:///run/lettadr-none.sock"), default));
        Assert.Equal(FaultKind.NotInstalled, fault.Kind);
        Assert.Contains("/run/lettadr-none.sock", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Start Docker", fault.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void DOCKER_HOST_goes_before_the_sockets_and_a_strange_one_is_refused()
    {
        Assert.Equal("tcp://engine:2375/", DockerEndpoint.Find(name => name == "DOCKER_HOST" ? "tcp://engine:2375" : null).ToString());
        Assert.Throws<LettaDrException>(() => DockerEndpoint.Find(name => name == "DOCKER_HOST" ? "ssh://engine" : null));
        Assert.Throws<LettaDrException>(() => DockerEndpoint.Find(name => name == "DOCKER_HOST" ? "nonsense" : null));
        Assert.Throws<LettaDrException>(() => DockerEndpoint.Find(name => name == "DOCKER_HOST" ? "tcp://engine:2376" : name == "DOCKER_TLS_VERIFY" ? "1" : null));
    }

    [Theory]
    [InlineData("lettadr-no-such-thing", FaultKind.NotFound)]
    [InlineData("./nowhere/compose.yaml", FaultKind.NotFound)]
    [InlineData("nowhere.yml", FaultKind.NotFound)]
    [InlineData("mysql://u:s3cret@h/d", FaultKind.InvalidArgument)]
    [InlineData("postgresql://u:s3cret@h:port/d", FaultKind.InvalidArgument)]
    public async Task What_is_nothing_is_refused_in_one_sentence(string text, FaultKind kind)
    {
        var fault = await Assert.ThrowsAsync<LettaDrException>(() => _discovery.ResolveAsync(new DeploymentReference(text), default));
        Assert.True(fault.Kind == kind || fault.Kind == FaultKind.NotInstalled, fault.Kind.ToString());
        Assert.DoesNotContain("s3cret", fault.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(fault.Remedy);
    }

    [Fact]
    public async Task A_folder_without_a_compose_file_is_told()
    {
        using var folder = new TemporaryFolder();
        var fault = await Assert.ThrowsAsync<LettaDrException>(() => _discovery.ResolveAsync(new DeploymentReference(folder.Path), default));
        Assert.Equal("ComposeFileNotFound", fault.Id);
    }

    [Fact]
    public async Task An_empty_environment_is_told() =>
        Assert.Equal("EnvironmentEmpty", (await Assert.ThrowsAsync<LettaDrException>(() => _discovery.FromEnvironmentAsync(default))).Id);

    [Fact]
    public async Task A_deployment_found_already_is_taken_as_it_is()
    {
        var deployment = new LettaDeployment
        {
            Name = "x",
            Database = new DatabaseEndpoint { Host = "h", Database = "d", UserName = "u" },
        };
        Assert.Same(deployment, await _discovery.ResolveAsync(new DeploymentReference(deployment), default));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_leaves_a_fact_and_fails_its_checks()
    {
        var found = await _discovery.FromUriAsync("postgresql://u:p@127.0.0.1:1/d", default);
        Assert.Null(found.Database.Schema);
        Assert.Equal("unknown", found.Facts.Single(fact => fact.Name == "Database.Schema").Value);
        var results = await ComposeStack.CheckAsync(found);
        Assert.Equal(DeploymentProbe.CheckNames, results.Select(result => result.Name));
        Assert.Contains("nothing listens", results.Single(result => result.Name == "DatabaseReachable").Evidence, StringComparison.Ordinal);
        Assert.Equal(Outcome.NotRun, results[0].Outcome);
        Assert.DoesNotContain(results, result => result.Outcome == Outcome.Passed);
    }

    [Fact]
    public async Task An_unknown_host_is_named()
    {
        var found = await _discovery.FromUriAsync("postgresql://u:p@no-such-host.invalid/d", default);
        var result = (await ComposeStack.CheckAsync(found)).Single(check => check.Name == "DatabaseReachable");
        Assert.Equal(Outcome.Failed, result.Outcome);
        Assert.Contains("no-such-host.invalid", result.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_compose_file_of_a_stack_that_does_not_run_is_read_all_the_same()
    {
        var found = await _discovery.FromPathAsync(ComposeFixture.Folder("development"), default);
        Assert.Equal("development", found.Name);
        Assert.Equal("postgres@127.0.0.1:5433/letta", found.Database.ToString());
        Assert.Equal("127.0.0.1:6379", found.Cache?.ToString());
        Assert.Null(found.Server);
        Assert.All(found.Containers, container => Assert.Null(container.State));
        Assert.Equal(Outcome.Failed, (await ComposeStack.CheckAsync(found))[0].Outcome);
    }
}
