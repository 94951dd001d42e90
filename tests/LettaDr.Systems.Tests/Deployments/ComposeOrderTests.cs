namespace LettaDr.Systems.Tests;

public sealed class ComposeOrderTests
{
    [Fact]
    public void Every_form_of_depending_is_read()
    {
        using var folder = new TemporaryFolder();
        var main = folder.Write("compose.yaml", """
            services:
              a:
                image: one
                depends_on: [b]
                links: ["c:alias"]
                volumes_from: [d:ro, "container:elsewhere"]
                network_mode: "service:e"
              b: { image: two, depends_on: { c: { condition: service_healthy }, gone: { condition: service_started, required: false } } }
              c: { build: ., depends_on: { d: { condition: service_completed_successfully } } }
              d: { image: four }
              e: { image: five }
            """);
        var over = folder.Write("compose.override.yaml", "services: { a: { depends_on: { b: { condition: service_healthy } } } }");

        var services = ComposeFixture.Reader().Read([main, over]).Services;

        Assert.Equal(["b Healthy", "c Started", "d Started", "e Started"], Of("a"));
        Assert.Equal(["c Healthy", "gone Started"], Of("b"));
        Assert.Equal(["d Completed"], Of("c"));
        Assert.True(services.Single(service => service.Name == "c").IsBuilt);
        Assert.Equal(["d", "c", "b", "e", "a"], ComposeOrder.Of(services).Select(service => service.Name));
        Assert.Equal(["d", "c"], ComposeOrder.Of(services, ["c"]).Select(service => service.Name));

        IEnumerable<string> Of(string name) => services.Single(service => service.Name == name).DependsOn.Select(need => $"{need.Service} {need.Condition}");
    }

    [Fact]
    public void A_circle_and_a_service_that_is_not_there_are_told()
    {
        using var folder = new TemporaryFolder();
        var circle = ComposeFixture.Reader().Read([folder.Write("compose.yaml", "services: { a: { image: x, depends_on: [b] }, b: { image: x, depends_on: [c] }, c: { image: x, depends_on: [b] } }")]).Services;
        var round = Assert.Throws<LettaDrException>(() => ComposeOrder.Of(circle));
        Assert.Contains("b → c → b", round.Message, StringComparison.Ordinal);
        Assert.Contains("no service nowhere", Assert.Throws<LettaDrException>(() => ComposeOrder.Of(circle, ["nowhere"])).Message, StringComparison.Ordinal);
        var lost = ComposeFixture.Reader().Read([folder.Write("other.yaml", "services: { a: { image: x, depends_on: [gone] } }")]).Services;
        Assert.Contains("a needs gone", Assert.Throws<LettaDrException>(() => ComposeOrder.Of(lost)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("letta", new[] { "letta_db", "letta_server", "letta_nginx" }, "production")]
    [InlineData("dev", new[] { "redis", "postgres" }, "development")]
    public void Lettas_own_files_are_read(string _, string[] wanted, string fixture) =>
        Assert.Equal(wanted, ComposeOrder.Of(ComposeFixture.Read(ComposeFixture.Folder(fixture)).Services).Select(service => service.Name));
}
