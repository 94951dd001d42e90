namespace LettaDr.Systems.Tests;

/// <summary>A Compose project of one test, brought down with its volumes afterwards.</summary>
internal sealed class ComposeFolder : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new("lettadr-up-" + Guid.NewGuid().ToString("N")[..8]);

    public ComposeFolder(string yaml) => _folder.Write("compose.yaml", yaml);

    public string Path => _folder.Path;

    public CollectingObserver Observer { get; } = new();

    public ComposeProject Project => ComposeFixture.Reader().Read([System.IO.Path.Combine(Path, "compose.yaml")]);

    public DockerEngine Engine { get; private set; } = null!;

    public async Task<ComposeRunner> RunnerAsync(string? searchPath = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        Engine ??= await DockerEngine.ConnectAsync(CancellationToken.None);
        return new ComposeRunner(await ComposeTool.FindAsync(searchPath, CancellationToken.None), Project, Engine, environment ?? new Dictionary<string, string>(), Observer);
    }

    public async Task UpAsync(TimeSpan? limit = null, params string[] services) =>
        await (await RunnerAsync()).UpAsync(services.Length == 0 ? null : services, limit ?? TimeSpan.FromMinutes(1), CancellationToken.None);

    public async Task<IReadOnlyDictionary<string, string>> StatesAsync() =>
        (await Engine.ListAsync(true, new Dictionary<string, string> { [ContainerMapping.ProjectLabel] = Project.Name.Value }, CancellationToken.None))
        .ToDictionary(details => details.Container.Service!, details => details.Container.State!);

    public async ValueTask DisposeAsync()
    {
        var tool = await ComposeTool.FindAsync(null, CancellationToken.None);
        await tool.RunAsync(
            ["-p", Project.Name.Value, "-f", System.IO.Path.Combine(Path, "compose.yaml"), "down", "--volumes", "--timeout", "1"], Path,
            new Dictionary<string, string> { ["ANOTHER_SECRET"] = "x" }, null, CancellationToken.None);
        Engine?.Dispose();
        _folder.Dispose();
    }
}
