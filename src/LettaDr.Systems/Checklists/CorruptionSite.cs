namespace LettaDr.Systems;

/// <summary>A deployment in this machine's reach, for the runbook on database corruption.</summary>
/// <param name="deployment">The deployment as it was found.</param>
/// <param name="options">How its database is restored, and how long services may take.</param>
/// <param name="discovery">Finds it again as it is by then.</param>
/// <param name="operationId">Identifies the run.</param>
/// <param name="image">Image of the server that proves a set; null for the one that the set records.</param>
/// <param name="observer">Is told.</param>
internal sealed class CorruptionSite(
    LettaDeployment deployment, SystemRestoreOptions options, DeploymentDiscovery discovery, string operationId, string? image,
    IOperationObserver observer) : IDatabaseCorruptionSite
{
    // Files come from elsewhere; the server is started one step after the other, once the database has been tested.
    private static readonly RestoreStepKind[] LeftOut =
    [
        RestoreStepKind.LoadImages, RestoreStepKind.RestoreConfiguration, RestoreStepKind.RestoreCache, RestoreStepKind.RestoreMemory,
        RestoreStepKind.StartServer, RestoreStepKind.TestConnectivity, RestoreStepKind.TestConsistency, RestoreStepKind.CompareAgents,
    ];

    private readonly SystemSite _site = new(deployment.Compose?.Files ?? [], deployment.Name, deployment, discovery);

    /// <inheritdoc/>
    public async Task<MaintenanceState?> StopWritersAsync(CancellationToken cancellationToken)
    {
        // The Letta server is stopped even where its database's server does not run: that one may be started meanwhile.
        var state = await EnterAsync(
            new MaintenanceRequest { Reason = "Invoke-LettaRunbook DatabaseCorruption", DisconnectSessions = options.DisconnectSessions },
            cancellationToken).ConfigureAwait(false);
        foreach (var sentence in state.Sessions.Select(session => $"Still connected: {session}.").Concat(state.Remaining))
        {
            observer.Warning(sentence);
        }

        return state;
    }

    /// <inheritdoc/>
    public async Task<DamageAssessment> AssessAsync(CancellationToken cancellationToken)
    {
        var current = await _site.RequireAsync(cancellationToken).ConfigureAwait(false);
        if (OfflineChecksums.Apply(current.Database))
        {
            return await DamageAssessing.RunAsync(current, observer, cancellationToken).ConfigureAwait(false);
        }

        // Nobody else's sessions have outlived the closing unless they were left; the assessment itself must connect.
        await OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await DamageAssessing.RunAsync(current, observer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Whatever the assessment came to, nobody writes on.
            await EnterAsync(new MaintenanceRequest { DisconnectSessions = options.DisconnectSessions }, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task<CheckResult> ProveAsync(Backup backup, CancellationToken cancellationToken)
    {
        // All parts, so that the proof that is kept says no more than it should; the database's is what counts here.
        var checks = BackupPartChecks.Of(
            options.Repository, observer, options.Jobs, image, options.Certificates, options.Passphrase, cancellationToken);
        var results = await new BackupTesting(options.Repository, observer, checks).RunAsync(backup, restore: true, cancellationToken).ConfigureAwait(false);
        return results.Select(test => test.Result).TakeWhile(result => result.Name != BackupProving.CheckName).FirstOrDefault(result => result.Outcome != Outcome.Passed)
            ?? results.Single(test => test.Result.Name == BackupProving.CheckName).Result;
    }

    /// <inheritdoc/>
    public async Task<SystemRestoreResult> RestoreAsync(Backup backup, CancellationToken cancellationToken)
    {
        var current = await _site.RequireAsync(cancellationToken).ConfigureAwait(false);
        var plan = await new SystemRestorePlanner(options, discovery).PlanAsync(backup, current, null, cancellationToken).ConfigureAwait(false);
        foreach (var step in plan.Steps.Where(step => LeftOut.Contains(step.Kind)))
        {
            step.Skip = true;
        }

        using var guard = SystemRestoreLock.Take(plan.Deployment);
        return await new SystemRestore(new SystemRestoreTarget(options, discovery), observer, options.Journals, options.Repository.Journals(plan.Deployment))
            .RunAsync(plan, OperationId.Next(), restart: false, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CheckResult>> ValidateAsync(Backup backup, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken).ConfigureAwait(false);
        var current = await _site.RequireAsync(cancellationToken).ConfigureAwait(false);
        var expected = DatabaseRestore.ReadInventory(options.Repository, backup);
        return await ToListAsync(
            new ConsistencyTest(current.Name, [new DatabaseConsistency(current.Database, expected), new CacheConsistency(current, operationId)])
                .RunAsync([], observer, cancellationToken)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<BroughtBack> BringBackAsync(CancellationToken cancellationToken)
    {
        var services = await new ServiceReturn(_site, options, operationId, observer).RunAsync(cancellationToken).ConfigureAwait(false);
        var current = await _site.RequireAsync(cancellationToken).ConfigureAwait(false);
        var checks = await ToListAsync(new DeploymentProbe().CheckAsync(current, cancellationToken)).ConfigureAwait(false);
        if (checks.Find(check => check.Outcome == Outcome.Failed) is { } failed)
        {
            throw new LettaDrException(
                "SystemNotConnected", FaultKind.OperationFailed, $"{current.Name} was brought back, but does not work as a whole. {failed.Name}: {failed.Evidence}",
                failed.Remedy ?? "See Test-LettaDeployment.", current.Name);
        }

        var agents = current.Server is null ? null : await AgentReadBack.CompareAsync(current, cancellationToken).ConfigureAwait(false);
        return agents is null or { IsEqual: true } ? new BroughtBack(services, checks, agents) : throw new LettaDrException(
            "AgentsDiffer", FaultKind.DataCorrupt, $"Letta's API at {current.Server} does not tell the agents that the database holds: {agents}.",
            "See that the server uses this database (LETTA_PG_URI) and its schema (search_path).", current.Name);
    }

    private async Task OpenAsync(CancellationToken cancellationToken) =>
        await EnterAsync(new MaintenanceRequest { AllowConnections = true }, cancellationToken).ConfigureAwait(false);

    private async Task<MaintenanceState> EnterAsync(MaintenanceRequest request, CancellationToken cancellationToken)
    {
        var current = await _site.RequireAsync(cancellationToken).ConfigureAwait(false);
        using var server = await ServerContainers.OpenAsync(current, cancellationToken).ConfigureAwait(false);
        await using var door = new PostgresDoor(current.Database, operationId);
        return await new MaintenanceMode(current, server, door, MaintenanceFiles.Local, observer, options.Journals)
            .EnterAsync(request, operationId, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<List<CheckResult>> ToListAsync(IAsyncEnumerable<CheckResult> results)
    {
        var list = new List<CheckResult>();
        await foreach (var result in results.ConfigureAwait(false))
        {
            list.Add(result);
        }

        return list;
    }
}
