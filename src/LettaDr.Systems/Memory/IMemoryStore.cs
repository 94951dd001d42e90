namespace LettaDr.Systems;

/// <summary>The folder of an agents' memory repositories, with git to look into them where there is one.</summary>
internal interface IMemoryStore : IAsyncDisposable
{
    /// <summary>Whether git can be run on the repositories.</summary>
    bool HasGit { get; }

    /// <summary>The repositories, as <c>organization/agent</c>, in order.</summary>
    IReadOnlyList<string> Repositories { get; }

    /// <summary>Runs git on a repository.</summary>
    /// <param name="repository">One of <see cref="Repositories"/>.</param>
    /// <param name="arguments">Git's arguments.</param>
    /// <param name="output">Where its output goes; null keeps it as text.</param>
    /// <param name="cancellationToken">Ends git.</param>
    Task<GitResult> GitAsync(string repository, IReadOnlyList<string> arguments, Stream? output, CancellationToken cancellationToken);

    /// <summary>Writes a repository's files as a tar archive, in a folder <c>repo.git</c>.</summary>
    Task ArchiveAsync(string repository, Stream output, CancellationToken cancellationToken);
}
