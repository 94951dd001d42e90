using System.Text;

namespace LettaDr.Systems;

/// <summary>Memory repositories in the server's container, looked into with the container's own git.</summary>
internal sealed class ContainerMemoryStore : IMemoryStore
{
    private readonly DockerEngine _engine;
    private readonly string _container;
    private readonly string _root;

    private ContainerMemoryStore(DockerEngine engine, string container, string root, IReadOnlyList<string> repositories)
    {
        (_engine, _container, _root) = (engine, container, root);
        Repositories = repositories;
    }

    /// <inheritdoc/>
    public bool HasGit => true;

    /// <inheritdoc/>
    public IReadOnlyList<string> Repositories { get; }

    /// <summary>Opens the folder; null when the container does not run, or has no git.</summary>
    public static async Task<ContainerMemoryStore?> TryOpenAsync(
        DockerEngine engine, DeploymentContainer container, string root, CancellationToken cancellationToken)
    {
        if (!container.IsRunning)
        {
            return null;
        }

        const string List = """
            git --version >/dev/null 2>&1 || exit 3
            cd "$1" 2>/dev/null || exit 0
            for agent in */*/repo.git; do [ -d "$agent" ] && echo "${agent%/repo.git}"; done
            exit 0
            """;
        using var output = new MemoryStream();
        var result = await engine.ExecAsync(
            container.Id!, ["sh", "-c", List, "sh", root], null, null, output, null, cancellationToken).ConfigureAwait(false);
        return result.ExitCode != 0 ? null : new ContainerMemoryStore(
            engine, container.Id!, root, [.. Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)]);
    }

    /// <inheritdoc/>
    public async Task<GitResult> GitAsync(string repository, IReadOnlyList<string> arguments, Stream? output, CancellationToken cancellationToken)
    {
        using var text = new MemoryStream();
        var result = await _engine.ExecAsync(
            _container, ["git", "-c", "safe.directory=*", "-C", PathOf(repository), .. arguments],
            new Dictionary<string, string> { ["LC_ALL"] = "C" }, null, output ?? text, null, cancellationToken).ConfigureAwait(false);
        return new GitResult(result.ExitCode, Encoding.UTF8.GetString(text.ToArray()), result.StandardError);
    }

    /// <inheritdoc/>
    public Task ArchiveAsync(string repository, Stream output, CancellationToken cancellationToken) =>
        new ContainerArchive(_engine, _container).CopyAsync(PathOf(repository), output, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string PathOf(string repository) => $"{_root}/{repository}/{FolderMemoryStore.RepositoryFolder}";
}
