namespace LettaDr;

/// <summary>A copy that may be lost and damaged.</summary>
internal interface IDrTestCopy : IDrTestSite
{
    /// <summary>What the set says of the database.</summary>
    DatabaseInventory Expected { get; }

    /// <summary>Reads every row of the database, and fingerprints its tables as <paramref name="like"/> has them.</summary>
    Task<DatabaseInventory> FingerprintAsync(DatabaseInventory like, CancellationToken cancellationToken);

    /// <summary>Removes everything of it: containers, volumes, network.</summary>
    Task LoseAsync(CancellationToken cancellationToken);

    /// <summary>Makes empty services where there are none; the Letta server is not started.</summary>
    Task MakeEmptyAsync(CancellationToken cancellationToken);

    /// <summary>Restores everything from the set, as Restore-LettaSystem does.</summary>
    Task<SystemRestoreResult> RestoreAsync(CancellationToken cancellationToken);

    /// <summary>Runs a statement in the database, past everything that would notice.</summary>
    Task ExecuteAsync(string sql, CancellationToken cancellationToken);

    /// <summary>Flips a byte in a file of a table, while the database is stopped for it.</summary>
    Task DamageAsync(string table, CancellationToken cancellationToken);

    /// <summary>Runs the runbook on database corruption.</summary>
    Task<RunbookResult> RunCorruptionRunbookAsync(CancellationToken cancellationToken);

    /// <summary>Takes a component off the network.</summary>
    Task CutOffAsync(RecoveryComponent component, CancellationToken cancellationToken);

    /// <summary>Puts it back.</summary>
    Task RejoinAsync(RecoveryComponent component, CancellationToken cancellationToken);

    /// <summary>Makes a standby beside the database.</summary>
    Task<IFailoverSite> MakeStandbyAsync(CancellationToken cancellationToken);
}
