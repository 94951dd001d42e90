namespace LettaDr;

/// <summary>An archive where pg_restore can open it; disposing of it removes it.</summary>
internal interface IStagedArchive : IAsyncDisposable
{
    /// <summary>Restores one section into a database and stops at the first error.</summary>
    /// <param name="database">The database.</param>
    /// <param name="section">The section (pg_restore's <c>--section</c>).</param>
    /// <param name="jobs">Processes at once.</param>
    /// <param name="owner">Role that is to own what is made; null keeps the owners of the archive.</param>
    /// <param name="build">Memory and workers for index builds.</param>
    /// <param name="cancellationToken">Ends pg_restore too.</param>
    Task RestoreAsync(
        string database, ArchiveSection section, int jobs, string? owner, IndexBuildSettings build, CancellationToken cancellationToken);
}
