namespace LettaDr.Systems.Tests;

public sealed class StoppedDatabaseTests(ComposeStack stack) : IClassFixture<ComposeStack>
{
    [ComposeFact]
    public async Task With_the_database_down_the_server_is_healthy_but_not_ready()
    {
        stack.Compose("kill", "letta_db");
        var results = (await ComposeStack.CheckAsync(stack.Deployment)).ToDictionary(result => result.Name, result => result);
        Assert.Equal(Outcome.Failed, results["ContainersRunning"].Outcome);
        Assert.Contains("letta_db", results["ContainersRunning"].Evidence, StringComparison.Ordinal);
        Assert.All(["DatabaseReachable", "DatabaseAuthenticated", "DatabaseReady"], name => Assert.Equal(Outcome.Failed, results[name].Outcome));
        Assert.Equal(Outcome.Passed, results["CacheAuthenticated"].Outcome);
        Assert.Equal(Outcome.Passed, results["ServerHealth"].Outcome);
        Assert.Equal(Outcome.Failed, results["ServerReady"].Outcome);

        var found = await new DeploymentDiscovery(stack.Folder, ComposeStack.Nothing).FromPathAsync(".", default);
        Assert.Equal("exited", found.Database.Container?.State);
        Assert.Null(found.Database.Schema);
        Assert.Contains("cannot be reached", found.Facts.Single(fact => fact.Name == "Database.Schema").Source, StringComparison.Ordinal);
    }
}
