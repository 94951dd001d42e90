namespace LettaDr.Systems;

/// <summary>Finds out what restoring a whole system takes here, and what stands in the way. Touches nothing.</summary>
internal sealed class SystemRestorePlanner(SystemRestoreOptions options, DeploymentDiscovery discovery)
{
    /// <param name="backup">The set.</param>
    /// <param name="target">The deployment to restore over; null to look for the one that the set is of.</param>
    /// <param name="destination">The folder to restore the configuration to; null to use the deployment's own files, where they are.</param>
    /// <param name="cancellationToken">Stops the looking.</param>
    /// <exception cref="LettaDrException">The set cannot be restored from, its secrets cannot be opened, or nobody knows where to.</exception>
    public async Task<RestorePlan> PlanAsync(
        Backup backup, LettaDeployment? target, string? destination, CancellationToken cancellationToken)
    {
        var inventory = DatabaseRestore.ReadInventory(options.Repository, backup);
        target ??= await FindTargetAsync(backup, cancellationToken).ConfigureAwait(false);
        if (destination is null && target is null)
        {
            destination = backup.Manifest!.Configuration?.Folder ?? throw new LettaDrException(
                "DeploymentNotFound", FaultKind.NotFound,
                $"There is no deployment {backup.Deployment} on this machine, and the set {backup.Id} holds no configuration to make it from.",
                "Bring up an empty one by its Compose file and name it (-Deployment), or use a set of Backup-LettaSystem.", backup.Id);
        }

        var draft = new RestorePlan
        {
            Backup = backup, Deployment = target?.Name ?? backup.Deployment, Target = target,
            Destination = destination ?? target?.Compose?.Folder, ComposeFiles = target?.Compose?.Files ?? [], Steps = [],
        };
        ConfigurationRestorePlan? files = null;
        if (destination is not null)
        {
            files = await new ConfigurationRestore(options.Repository, NoObserver.Instance, options.Journals)
                .PlanAsync(options.FilesRequest(backup, destination, memory: false), cancellationToken).ConfigureAwait(false);
            draft = draft with { ComposeFiles = ComposeFiles(backup, destination) };
        }

        var project = draft.ComposeFiles.Count == 0 ? null : discovery.ReadProject(draft.ComposeFiles, draft.Deployment, path => TextOf(files, path));
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var missing = await new ImageProvision(engine, options.Repository, backup).MissingAsync(cancellationToken).ConfigureAwait(false);
        var obstacles = new SystemObstacles(options, engine, project, target);
        return draft with
        {
            Steps = SystemRestoreSteps.For(
                backup, draft, files?.Files.Count(file => file.Content is not null), missing,
                hasCache: project is null ? target?.Cache is not null : MemberRecognition.Recognise(project.Members).Cache is not null,
                hasServer: project is null ? target?.Server is not null : MemberRecognition.Recognise(project.Members).Server is not null),
            Obstacles = await obstacles.FindAsync(backup, inventory, files, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>The deployment that the set is of: as its containers have it, else by the files where they were.</summary>
    private async Task<LettaDeployment?> FindTargetAsync(Backup backup, CancellationToken cancellationToken)
    {
        try
        {
            return await discovery.FromProjectAsync(backup.Deployment, cancellationToken).ConfigureAwait(false);
        }
        catch (LettaDrException nothing) when (nothing.Kind is FaultKind.NotFound or FaultKind.InvalidArgument)
        {
            var files = backup.Manifest!.Configuration?.ComposeFiles ?? [];
            return files.Count > 0 && files.All(File.Exists)
                ? await DeploymentDiscovery.FromProjectAsync(discovery.ReadProject(files, backup.Deployment), cancellationToken).ConfigureAwait(false)
                : null;
        }
    }

    private static IReadOnlyList<string> ComposeFiles(Backup backup, string destination)
    {
        var part = backup.Manifest!.Configuration!;
        return [.. part.ComposeFiles.Select(original => part.Files.FirstOrDefault(file => file.Container is null && file.OriginalPath == original) is { } file
            ? ConfigurationPaths.Below(destination, file.Path)
            : original)];
    }

    /// <summary>A file as it will be, so that a plan can be made before any is written.</summary>
    private static string? TextOf(ConfigurationRestorePlan? files, string path) =>
        files?.Files.FirstOrDefault(file => file.File.Target == path).Content is { } content ? FileProtecting.TextOf(content) : null;
}
