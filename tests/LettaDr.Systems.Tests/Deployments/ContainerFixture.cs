namespace LettaDr.Systems.Tests;

/// <summary>Containers of one test class, removed with their volumes and networks when it is done.</summary>
public abstract class ContainerFixture : IAsyncLifetime
{
    private readonly List<string> _containers = [];
    private readonly List<string> _networks = [];

    internal static IReadOnlyDictionary<string, string> Labels { get; } = new Dictionary<string, string> { ["lettadr.test"] = "1" };

    internal DockerEngine Engine { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (await DockerEngine.TryConnectAsync(CancellationToken.None) is not { } engine)
        {
            return;
        }

        Engine = engine;
        try
        {
            await StartAsync();
        }
        catch (LettaDrException fault) when (fault.Kind == FaultKind.NotFound)
        {
            // An image is missing: the tests that need it are skipped.
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var container in _containers)
        {
            await Engine.Containers.RemoveAsync(container, volumes: true, CancellationToken.None);
        }

        foreach (var network in _networks)
        {
            await Engine.Containers.RemoveNetworkAsync(network, CancellationToken.None);
        }

        Engine?.Dispose();
        GC.SuppressFinalize(this);
    }

    internal static string UniqueName(string what) => $"lettadr-test-{what}-{Guid.NewGuid():N}"[..40];

    internal async Task<string> RunAsync(DockerRunRequest request)
    {
        var labels = new Dictionary<string, string>(request.Labels);
        foreach (var (key, value) in Labels)
        {
            labels[key] = value;
        }

        var id = await Engine.Containers.RunAsync(
            request with { Name = request.Name ?? UniqueName("c"), Labels = labels }, CancellationToken.None);
        _containers.Add(id);
        return id;
    }

    /// <summary>A network of its own for a server that dies: elsewhere Docker gives its address to the next container that starts.</summary>
    internal async Task<string> CreateNetworkAsync()
    {
        var name = UniqueName("net");
        await Engine.Containers.CreateNetworkAsync(name, Labels, CancellationToken.None);
        _networks.Add(name);
        return name;
    }

    protected abstract Task StartAsync();
}
