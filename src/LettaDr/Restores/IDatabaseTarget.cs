namespace LettaDr;

/// <summary>A server that databases are restored to.</summary>
internal interface IDatabaseTarget : IAsyncDisposable
{
    /// <summary>What must be known before anything is touched.</summary>
    Task<TargetProfile> InspectAsync(string database, CancellationToken cancellationToken);

    /// <summary>Sees that the programs which a restore needs are there and not older than the archive.</summary>
    Task RequireProgramsAsync(int archiveMajor, CancellationToken cancellationToken);

    /// <summary>Keeps other restores of this database away; the server itself drops the lock when this process dies.</summary>
    Task<IAsyncDisposable> LockAsync(string database, CancellationToken cancellationToken);

    /// <summary>All databases that bear a mark of ours for <paramref name="database"/>.</summary>
    Task<IReadOnlyList<TargetDatabase>> FindMarkedAsync(string database, CancellationToken cancellationToken);

    /// <summary>Makes roles without password and login.</summary>
    Task CreateRolesAsync(IReadOnlyList<DatabaseRole> roles, CancellationToken cancellationToken);

    /// <summary>Makes an empty database like the one that was backed up.</summary>
    Task CreateDatabaseAsync(string name, DatabaseInventory like, string? owner, DatabaseMark mark, CancellationToken cancellationToken);

    /// <summary>Puts the archive where pg_restore can open it.</summary>
    Task<IStagedArchive> StageAsync(Stream archive, DatabaseInventory inventory, CancellationToken cancellationToken);

    /// <summary>Writes files of rows into a table.</summary>
    /// <param name="name">The database.</param>
    /// <param name="table">The table.</param>
    /// <param name="files">Opens each file when its turn comes; each is one complete binary COPY stream.</param>
    /// <param name="frozen">
    /// Whether these are all of the table's rows and nobody else writes it: they are then written frozen, which spares every
    /// later reader the work of finding out that they are visible.
    /// </param>
    /// <param name="onBytes">Called with the bytes written since the last call.</param>
    /// <param name="cancellationToken">Cancels the writing on the server too.</param>
    Task WriteRowsAsync(
        string name, TableInventory table, IReadOnlyList<Func<Stream>> files, bool frozen, Action<long> onBytes,
        CancellationToken cancellationToken);

    /// <summary>Gives the database its settings, privileges and connection limit.</summary>
    Task ApplySettingsAsync(string name, DatabaseInventory like, string? owner, CancellationToken cancellationToken);

    /// <summary>Collects the planner's statistics of all that was not analyzed when it was loaded.</summary>
    Task AnalyzeAsync(string name, CancellationToken cancellationToken);

    /// <summary>Opens a database of this server for reading.</summary>
    IDatabaseSource OpenSource(string name);

    /// <summary>Changes a database's comment.</summary>
    Task CommentAsync(string name, string? comment, CancellationToken cancellationToken);

    /// <summary>In one transaction: the live database, if there is one, steps aside, and the replacement takes its name.</summary>
    Task SwapAsync(DatabaseSwap swap, CancellationToken cancellationToken);

    /// <summary>Drops a database.</summary>
    Task DropAsync(string name, CancellationToken cancellationToken);
}
