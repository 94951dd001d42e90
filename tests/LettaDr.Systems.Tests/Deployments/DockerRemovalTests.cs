namespace LettaDr.Systems.Tests;

public sealed class DockerRemovalTests
{
    [DockerFact(TestImages.Redis)]
    public async Task Several_at_once_remove_a_container_without_error_and_return_when_it_is_gone()
    {
        using var engine = await DockerEngine.ConnectAsync(CancellationToken.None);
        for (var round = 0; round < 3; round++)
        {
            var id = await engine.Containers.RunAsync(
                new DockerRunRequest
                {
                    Image = TestImages.Redis, Entrypoint = ["tail"], Command = ["-f", "/dev/null"],
                    Labels = new Dictionary<string, string> { ["lettadr.test"] = "1" },
                },
                CancellationToken.None);

            await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
            {
                await engine.Containers.RemoveAsync(id, volumes: true, CancellationToken.None);
                var gone = await Assert.ThrowsAsync<LettaDrException>(() => engine.DescribeAsync(id, CancellationToken.None));
                Assert.Equal(FaultKind.NotFound, gone.Kind);
            }));
        }
    }
}
