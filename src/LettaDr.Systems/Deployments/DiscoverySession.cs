namespace LettaDr.Systems;

/// <summary>One look at the Docker engine, if there is one, and the deployments built from it.</summary>
internal sealed class DiscoverySession : IDisposable
{
    private readonly DockerEngine? _engine;

    private readonly IReadOnlyList<ContainerDetails> _stopped;

    private DiscoverySession(
        DockerEngine? engine, LocalContainers? containers, IReadOnlyList<ContainerDetails> stopped, LettaDrException? noEngine)
    {
        _engine = engine;
        _stopped = stopped;
        NoEngine = noEngine;
        Containers = containers;
    }

    /// <summary>The running containers; null when no engine answers.</summary>
    public LocalContainers? Containers { get; }

    /// <summary>Why there is no engine; null when one answers.</summary>
    public LettaDrException? NoEngine { get; }

    public static async Task<DiscoverySession> OpenAsync(CancellationToken cancellationToken)
    {
        DockerEngine engine;
        try
        {
            engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (LettaDrException fault)
        {
            return new DiscoverySession(null, null, [], fault);
        }

        try
        {
            var all = await engine.ListAsync(all: true, labels: null, cancellationToken).ConfigureAwait(false);
            // What receives a database's log is made from that database's image, and is no database.
            var theirs = all.Where(details => !details.Labels.ContainsKey(WalReceiver.ArchiveLabel)).ToList();
            List<ContainerDetails> running = [.. theirs.Where(details => details.Container.IsRunning)];
            return new DiscoverySession(engine, new LocalContainers(engine, running), [.. theirs.Except(running)], null);
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    /// <summary>Throws why there is no engine.</summary>
    public void RequireEngine()
    {
        if (NoEngine is not null)
        {
            throw NoEngine;
        }
    }

    public async Task<ContainerGroups> GroupsAsync(CancellationToken cancellationToken)
    {
        var secrets = new MemberSecrets(_engine);
        var all = new List<(ContainerDetails, DeploymentMember)>();
        foreach (var details in Containers!.Running.Concat(_stopped.Where(IsMissed)))
        {
            all.Add((details, await secrets.ResolveAsync(ContainerMembers.From(details), cancellationToken).ConfigureAwait(false)));
        }

        return new ContainerGroups(all);
    }

    /// <summary>Whether a stopped container is of a deployment that runs without it: its database may just have died.</summary>
    private bool IsMissed(ContainerDetails stopped)
    {
        List<ContainerDetails> siblings = [.. Containers!.Running.Where(details =>
            ContainerGroups.GroupName(details) is { } name && name == ContainerGroups.GroupName(stopped))];
        return siblings.Count > 0
            && (stopped.Container.Service is null || siblings.TrueForAll(details => details.Container.Service != stopped.Container.Service));
    }

    public async Task<LettaDeployment> BuildAsync((SourcedText? Name, RecognisedMembers Members) group, CancellationToken cancellationToken) =>
        Located(await new DeploymentBuilder(_engine, Containers).BuildAsync(group.Name, group.Members, cancellationToken).ConfigureAwait(false));

    public async Task<LettaDeployment> FromComposeAsync(ComposeProject project, CancellationToken cancellationToken)
    {
        IReadOnlyList<ContainerDetails> containers = _engine is null ? [] : await _engine.ListAsync(
            all: true, new Dictionary<string, string> { [ContainerMapping.ProjectLabel] = project.Name.Value }, cancellationToken).ConfigureAwait(false);
        var secrets = new MemberSecrets(_engine);
        var members = new List<DeploymentMember>();
        foreach (var service in project.Members)
        {
            members.Add(await secrets.ResolveAsync(ContainerMembers.Join(service, containers), cancellationToken).ConfigureAwait(false));
        }

        var recognised = MemberRecognition.Recognise(members);
        var deployment = await new DeploymentBuilder(_engine, Containers).BuildAsync(project.Name, recognised, cancellationToken).ConfigureAwait(false);
        return deployment with { Compose = new ComposeLocation { Folder = Path.GetDirectoryName(project.Files[0])!, Files = project.Files } };
    }

    public Task<LettaDeployment> FromUriAsync(DatabaseEndpoint endpoint, CancellationToken cancellationToken) =>
        BuildAsync(DatabaseDraft.From(endpoint, LettaPostgresSettings.Everywhere("the URI given")), null, null, cancellationToken);

    public Task<LettaDeployment> FromEnvironmentAsync(
        IReadOnlyDictionary<string, SourcedText> environment, CancellationToken cancellationToken)
    {
        var (endpoint, sources) = LettaPostgresSettings.Find(environment)!.Value;
        return BuildAsync(DatabaseDraft.From(endpoint, sources), CacheDraft.From(environment), ServerDraft.From(environment), cancellationToken);
    }

    private async Task<LettaDeployment> BuildAsync(DatabaseDraft database, CacheDraft? cache, ServerDraft? server, CancellationToken cancellationToken) =>
        Located(await new DeploymentBuilder(_engine, Containers)
            .BuildAsync(null, new RecognisedMembers(), database, cache, server, cancellationToken).ConfigureAwait(false));

    /// <summary>With the Compose project that its containers' labels name, where the engine's files are this machine's.</summary>
    private LettaDeployment Located(LettaDeployment deployment)
    {
        if (_engine is not { IsLocal: true })
        {
            return deployment;
        }

        var ids = deployment.Containers.Select(container => container.Id).ToHashSet();
        var labels = Containers!.Running.Concat(_stopped).FirstOrDefault(details => ids.Contains(details.Container.Id)
            && details.Labels.ContainsKey(ContainerMapping.FolderLabel) && details.Labels.ContainsKey(ContainerMapping.FilesLabel))?.Labels;
        return labels is null ? deployment : deployment with { Compose = ComposeLabels.Locate(labels) };
    }

    public void Dispose() => _engine?.Dispose();
}
