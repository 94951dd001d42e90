namespace LettaDr;

/// <summary>A deployment as the steps of the runbook on database corruption need it. Each step can be taken again.</summary>
internal interface IDatabaseCorruptionSite
{
    /// <summary>Stops the server, keeps others out; null when there is nothing to stop, as where the database's server does not run.</summary>
    Task<MaintenanceState?> StopWritersAsync(CancellationToken cancellationToken);

    /// <summary>Looks for damage, and closes the database again.</summary>
    Task<DamageAssessment> AssessAsync(CancellationToken cancellationToken);

    /// <summary>Whether a set is intact and restores with every row identical; the proof is recorded.</summary>
    Task<CheckResult> ProveAsync(Backup backup, CancellationToken cancellationToken);

    /// <summary>Restores the database beside the live one and swaps it in; goes on with an earlier run that broke off.</summary>
    Task<SystemRestoreResult> RestoreAsync(Backup backup, CancellationToken cancellationToken);

    /// <summary>Tests what was restored.</summary>
    Task<IReadOnlyList<CheckResult>> ValidateAsync(Backup backup, CancellationToken cancellationToken);

    /// <summary>Brings the services back one by one and asks the whole; what was brought up, in order.</summary>
    /// <exception cref="LettaDrException">A service is not ready in time, or the whole does not work.</exception>
    Task<BroughtBack> BringBackAsync(CancellationToken cancellationToken);
}
