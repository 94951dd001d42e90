namespace LettaDr.Systems;

/// <summary>Looks for all that would make a system's restore fail on its way, so that it is told at once and before anything is touched.</summary>
internal sealed class SystemObstacles(SystemRestoreOptions options, DockerEngine engine, ComposeProject? project, LettaDeployment? target)
{
    public async Task<IReadOnlyList<string>> FindAsync(
        Backup backup, DatabaseInventory inventory, ConfigurationRestorePlan? files, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        if (project is not null)
        {
            await TryAsync(found, () => ComposeTool.FindAsync(null, cancellationToken)).ConfigureAwait(false);
            found.AddRange(await PortsAsync(cancellationToken).ConfigureAwait(false));
        }

        if (files is not null && !options.Force)
        {
            await TryAsync(found, () => Task.Run(files.RequireLeave, cancellationToken)).ConfigureAwait(false);
            if (files.EncryptionKey is { Outcome: Outcome.Failed } wrong)
            {
                found.Add($"{wrong.Evidence} {wrong.Remedy} -Force restores all the same.");
            }
        }

        if (target is { Database.Container: null or { IsRunning: true } })
        {
            await TryAsync(found, () => PreflightAsync(backup, inventory, cancellationToken)).ConfigureAwait(false);
        }

        return found;
    }

    /// <summary>Ports that the project is to publish, held by others than itself.</summary>
    private async Task<IReadOnlyList<string>> PortsAsync(CancellationToken cancellationToken)
    {
        var running = await engine.ListAsync(all: false, labels: null, cancellationToken).ConfigureAwait(false);
        var own = running.Where(details => details.Container.Project == project!.Name.Value)
            .SelectMany(details => details.Container.PublishedPorts.Values).ToHashSet();
        var taken = new List<string>();
        foreach (var (member, port) in project!.Members
            .SelectMany(member => member.Container.PublishedPorts.Values.Select(port => (member, port))).Where(item => !own.Contains(item.port)))
        {
            if (await PortHolder.FindAsync(engine, port, cancellationToken).ConfigureAwait(false) is { } holder)
            {
                taken.Add($"Port {port}, which {member.Name} is to publish, is taken by {holder}: stop that, or publish another in the Compose file.");
            }
        }

        return taken;
    }

    /// <summary>The database's own questions, where its server can be asked: space, versions, extensions, roles.</summary>
    private async Task PreflightAsync(Backup backup, DatabaseInventory inventory, CancellationToken cancellationToken)
    {
        var request = new RestoreRequest
        {
            Deployment = target!, Backup = backup, TargetDatabase = target!.Database.Database, Jobs = options.Jobs, CreateMissingRoles = true,
            // The server's own sessions will have ended by then.
            AllowOtherCluster = true, DisconnectSessions = true,
        };
        using var database = await DeploymentDatabase.OpenAsync(target, OperationId.Next(), cancellationToken).ConfigureAwait(false);
        await using var databaseTarget = database.OpenTarget();
        await new DatabaseRestore(options.Repository, databaseTarget, NoObserver.Instance, options.Journals)
            .PreflightAsync(request, inventory, cancellationToken).ConfigureAwait(false);
    }

    private static async Task TryAsync(List<string> found, Func<Task> look)
    {
        try
        {
            await look().ConfigureAwait(false);
        }
        catch (LettaDrException fault) when (fault.Kind != FaultKind.Unreachable)
        {
            found.Add($"{fault.Message} {fault.Remedy}");
        }
    }
}
