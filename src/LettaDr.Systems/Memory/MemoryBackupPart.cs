using System.Globalization;
using System.Text;

namespace LettaDr.Systems;

/// <summary>The part of a set that holds the agents' memory: a bundle of each sound repository, the files of any other.</summary>
internal sealed class MemoryBackupPart : IBackupPart
{
    private const string Folder = "memory/";
    private readonly List<MemoryRepository> _found = [];
    private DockerEngine? _engine;
    private IMemoryStore? _store;
    private DateTimeOffset _time;

    /// <inheritdoc/>
    public Task CaptureAsync(BackupDraft draft, CancellationToken cancellationToken) => draft.Recorder.StepAsync("Find the memory repositories", async () =>
    {
        draft.Meter.Stage("Finding the memory repositories");
        _time = DateTimeOffset.UtcNow;
        if (draft.Deployment.Server?.Container is not { Id: not null } server)
        {
            draft.Warn("No memory files are in the set: the Letta server is in no container of this machine's Docker.");
            return "the server is in no container here";
        }

        _engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var environment = (await _engine.DescribeAsync(server.Id, cancellationToken).ConfigureAwait(false)).Environment;
        foreach (var variable in new[] { "LETTA_OBJECT_STORE_URI", "LETTA_MEMFS_SERVICE_URL" })
        {
            if (environment.GetValueOrDefault(variable) is { Length: > 0 })
            {
                draft.Warn($"The server keeps memory elsewhere, too ({variable}); what lies there is not in the set.");
            }
        }

        var root = await ServerHome.FindAsync(_engine, server, environment, cancellationToken).ConfigureAwait(false) + "/.letta/memfs/repository";
        _store = await ContainerMemoryStore.TryOpenAsync(_engine, server, root, cancellationToken).ConfigureAwait(false)
            ?? (IMemoryStore?)await FolderMemoryStore.CopyAsync(_engine, server, root, cancellationToken).ConfigureAwait(false);
        foreach (var repository in _store?.Repositories ?? [])
        {
            _found.Add(await DescribeAsync(draft.Deployment, server, root, repository, cancellationToken).ConfigureAwait(false));
        }

        return $"{_found.Count} repositories";
    });

    /// <inheritdoc/>
    public Task CopyAsync(BackupDraft draft, CancellationToken cancellationToken) => draft.Recorder.StepAsync("Copy the memory repositories", async step =>
    {
        draft.Meter.Stage("Copying the memory repositories");
        var repositories = new List<MemoryRepository>();
        foreach (var repository in _found)
        {
            var copied = await CopyAsync(draft, repository, cancellationToken).ConfigureAwait(false);
            repositories.Add(copied);
            if (copied.Problem is { } problem)
            {
                draft.Warn($"The memory repository of agent {repository.Agent} ({repository.OriginalPath}) is kept as files: {problem}");
            }
        }

        draft.Describe(manifest => manifest with { Memory = new MemoryPart { SnapshotTime = _time, Repositories = repositories } });
        if (repositories.Count > 0)
        {
            draft.AddInstructions(Instructions(repositories));
        }

        step.Bytes = draft.Set.Files.Where(file => file.Name.StartsWith(Folder, StringComparison.Ordinal)).Sum(file => file.Size);
        return $"{repositories.Count} repositories, {repositories.Count(repository => repository.Problem is not null)} as files";
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync().ConfigureAwait(false);
        }

        _engine?.Dispose();
    }

    /// <summary>A repository with its references as they are now: a commit that comes while others are copied is not of this moment.</summary>
    private async Task<MemoryRepository> DescribeAsync(
        LettaDeployment deployment, DeploymentContainer server, string root, string repository, CancellationToken cancellationToken)
    {
        var path = $"{root}/{repository}/{FolderMemoryStore.RepositoryFolder}";
        var host = ConfigurationPaths.HostPath(server, path);
        var described = new MemoryRepository
        {
            Organization = repository.Split('/')[0], Agent = repository.Split('/')[1], StoredAs = string.Empty,
            Path = ConfigurationPaths.OfContainer(server, path, deployment.Compose?.Folder),
            OriginalPath = host ?? path, Container = host is null ? server.Service ?? server.Name : null,
        };
        if (!_store!.HasGit)
        {
            return described;
        }

        var references = await _store.GitAsync(repository, ["for-each-ref", "--format=%(objectname) %(refname)"], null, cancellationToken).ConfigureAwait(false);
        var head = await _store.GitAsync(repository, ["symbolic-ref", "-q", "HEAD"], null, cancellationToken).ConfigureAwait(false);
        var bare = await _store.GitAsync(repository, ["config", "--get", "core.bare"], null, cancellationToken).ConfigureAwait(false);
        return described with
        {
            Head = head.Succeeded ? head.Output.Trim() : null,
            Bare = bare.Output.Trim() == "true",
            References = new SortedDictionary<string, string>(
                references.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', 2)).ToDictionary(pair => pair[1], pair => pair[0]),
                StringComparer.Ordinal),
        };
    }

    private async Task<MemoryRepository> CopyAsync(BackupDraft draft, MemoryRepository repository, CancellationToken cancellationToken)
    {
        var name = $"{repository.Organization}/{repository.Agent}";
        var problem = await BundleAsync(draft, repository, name, cancellationToken).ConfigureAwait(false);
        if (problem is null)
        {
            return repository with { StoredAs = $"{Folder}{name}.bundle" };
        }

        var stored = $"{Folder}{name}.tar.zst";
        using (var file = draft.Set.OpenWrite(stored))
        {
            await _store!.ArchiveAsync(name, file, cancellationToken).ConfigureAwait(false);
        }

        return repository with { StoredAs = stored, Problem = problem };
    }

    /// <summary>Checks the repository and writes its bundle.</summary>
    /// <returns>Why there is none; null when there is.</returns>
    private async Task<string?> BundleAsync(BackupDraft draft, MemoryRepository repository, string name, CancellationToken cancellationToken)
    {
        if (!_store!.HasGit)
        {
            return "there is no git in the server's container, nor on this machine.";
        }

        var check = await _store.GitAsync(name, ["fsck", "--full", "--no-dangling", "--no-progress"], null, cancellationToken).ConfigureAwait(false);
        if (!check.Succeeded)
        {
            return $"git fsck finds it broken ({check.Said}).";
        }

        if (repository.References.Count == 0)
        {
            return "it has no commit yet.";
        }

        // First beside the set: a bundle that fails in the middle must not be in it.
        using var bundle = TemporaryFiles.Create(".bundle");
        var made = await _store.GitAsync(name, ["bundle", "create", "-q", "-", "--all"], bundle, cancellationToken).ConfigureAwait(false);
        if (!made.Succeeded)
        {
            return $"git bundle fails ({made.Said}).";
        }

        bundle.Position = 0;
        using var file = draft.Set.OpenWrite($"{Folder}{name}.bundle");
        await bundle.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
        draft.Meter.Add(bundle.Length);
        return null;
    }

    private static string Instructions(List<MemoryRepository> repositories)
    {
        var text = new StringBuilder();
        text.AppendLine("Memory of the agents. A bundle becomes a repository by:");
        text.AppendLine("     git clone --mirror FILE.bundle PATH && git -C PATH config core.bare BARE && git -C PATH fsck");
        text.AppendLine("an archive by: zstd -dc FILE.tar.zst | tar -xf - -C PATH/..");
        foreach (var repository in repositories)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"     {repository.StoredAs}  {repository.OriginalPath}{(repository.Container is null ? string.Empty : $" in {repository.Container}")}  bare {(repository.Bare ? "true" : "false")}");
        }

        return text.ToString();
    }
}
