namespace LettaDr.Systems.Tests;

/// <summary>The restore of a whole system as the cmdlets compose it.</summary>
internal static class SystemRun
{
    public static readonly Secret Passphrase = new("correct horse battery staple");

    public static SystemRestoreOptions Options(DirectoryRepository repository, IJournalStore journals) => new()
    {
        Repository = repository, Passphrase = Passphrase, Journals = journals, StartLimit = TimeSpan.FromMinutes(3),
    };

    public static Task<RestorePlan> PlanAsync(SystemRestoreOptions options, DeploymentDiscovery discovery, Backup backup, string? destination) =>
        new SystemRestorePlanner(options, discovery).PlanAsync(backup, null, destination, CancellationToken.None);

    public static async Task<SystemRestoreResult> RestoreAsync(
        SystemRestoreOptions options, DeploymentDiscovery discovery, Backup backup, string? destination, CollectingObserver? observer = null,
        Func<ISystemTarget, ISystemTarget>? wrap = null)
    {
        var plan = await PlanAsync(options, discovery, backup, destination);
        ISystemTarget target = new SystemRestoreTarget(options, discovery);
        return await new SystemRestore(wrap?.Invoke(target) ?? target, observer ?? new CollectingObserver(), options.Journals)
            .RunAsync(plan, OperationId.Next(), restart: false, CancellationToken.None);
    }
}
