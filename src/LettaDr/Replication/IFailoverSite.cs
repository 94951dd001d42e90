namespace LettaDr;

/// <summary>A database and its standby, for who fails over and back.</summary>
internal interface IFailoverSite : IAsyncDisposable
{
    /// <summary>What the standby has received and replayed, as seen from the standby.</summary>
    Task<StandbyState> StandbyAsync(CancellationToken cancellationToken);

    /// <summary>The primary's position of the log.</summary>
    Task<Lsn> PrimaryPositionAsync(CancellationToken cancellationToken);

    /// <summary>Commits one numbered row on whoever is the primary now, and returns when it is acknowledged.</summary>
    Task WriteAsync(int number, CancellationToken cancellationToken);

    /// <summary>The numbers of the rows that the present primary has.</summary>
    Task<IReadOnlyList<int>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Removes a row from whoever is the primary now.</summary>
    Task RemoveAsync(int number, CancellationToken cancellationToken);

    /// <summary>Whether the server that was the primary at first takes writes: beside a new primary, split brain.</summary>
    Task<bool> FormerAcceptsWritesAsync(CancellationToken cancellationToken);

    /// <summary>Ends the primary at once.</summary>
    Task KillPrimaryAsync(CancellationToken cancellationToken);

    /// <summary>Promotes the standby and waits until it takes writes; its timeline.</summary>
    Task<uint> PromoteAsync(CancellationToken cancellationToken);

    /// <summary>Leads the Letta server to the new primary.</summary>
    Task RepointAsync(CancellationToken cancellationToken);

    /// <summary>Makes the former primary follow the new one; how, in a word.</summary>
    Task<string> RejoinFormerAsync(CancellationToken cancellationToken);
}
