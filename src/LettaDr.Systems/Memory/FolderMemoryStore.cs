using System.Formats.Tar;

namespace LettaDr.Systems;

/// <summary>Memory repositories in a folder of this machine, looked into with its own git.</summary>
/// <param name="folder">The folder above the organizations.</param>
/// <param name="hasGit">Whether this machine has git.</param>
/// <param name="temporary">Whether the folder is a copy that goes with this object.</param>
internal sealed class FolderMemoryStore(string folder, bool hasGit, bool temporary) : IMemoryStore
{
    /// <summary>The folder of a repository below its agent's.</summary>
    public const string RepositoryFolder = "repo.git";

    /// <inheritdoc/>
    public bool HasGit => hasGit;

    private string Folder => folder;

    /// <inheritdoc/>
    public IReadOnlyList<string> Repositories { get; } =
        [.. Directory.EnumerateDirectories(folder)
            .SelectMany(organization => Directory.EnumerateDirectories(organization))
            .Where(agent => Directory.Exists(Path.Combine(agent, RepositoryFolder)))
            .Select(agent => Path.GetRelativePath(folder, agent).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    /// <summary>Copies the repositories of a container, running or not, and gives the copy; null when it has none.</summary>
    public static async Task<FolderMemoryStore?> CopyAsync(
        DockerEngine engine, DeploymentContainer container, string root, CancellationToken cancellationToken)
    {
        var copy = Directory.CreateTempSubdirectory("lettadr-memory-").FullName;
        try
        {
            using var archive = new FileStream(
                Path.Combine(copy, "archive.tar"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
            if (!await new ContainerArchive(engine, container.Id!).CopyAsync(root, archive, cancellationToken).ConfigureAwait(false))
            {
                Directory.Delete(copy, recursive: true);
                return null;
            }

            archive.Position = 0;
            await TarFile.ExtractToDirectoryAsync(archive, copy, overwriteFiles: false, cancellationToken).ConfigureAwait(false);
            var store = new FolderMemoryStore(
                Path.Combine(copy, root[(root.LastIndexOf('/') + 1)..]), await LocalGit.ExistsAsync(cancellationToken).ConfigureAwait(false), temporary: true);
            foreach (var repository in store.Repositories)
            {
                UntrustedRepository.Disarm(Path.Combine(store.Folder, repository, RepositoryFolder));
            }

            return store;
        }
        catch
        {
            Directory.Delete(copy, recursive: true);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<GitResult> GitAsync(string repository, IReadOnlyList<string> arguments, Stream? output, CancellationToken cancellationToken) =>
        LocalGit.RunAsync(Path.Combine(folder, repository, RepositoryFolder), arguments, output, cancellationToken);

    /// <inheritdoc/>
    public Task ArchiveAsync(string repository, Stream output, CancellationToken cancellationToken)
    {
        // As it was: git is not run on it any more.
        var path = Path.Combine(folder, repository, RepositoryFolder);
        UntrustedRepository.Rearm(path);
        return TarFile.CreateFromDirectoryAsync(path, output, includeBaseDirectory: true, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (temporary && Directory.Exists(folder))
        {
            Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
        }

        return ValueTask.CompletedTask;
    }
}
