using System.Globalization;

namespace LettaDr.Systems;

/// <summary>Puts a deployment together from what is written about its members, telling where each fact came from.</summary>
internal sealed class DeploymentBuilder(DockerEngine? engine, LocalContainers? containers)
{
    private readonly FactList _facts = new();

    /// <summary>Builds a deployment from its recognised members.</summary>
    /// <param name="name">Its name; null lets its database name it.</param>
    /// <param name="members">Its members.</param>
    /// <param name="cancellationToken">Stops the looking.</param>
    public Task<LettaDeployment> BuildAsync(SourcedText? name, RecognisedMembers members, CancellationToken cancellationToken)
    {
        AddName(name);
        if (members.Database is { } member)
        {
            _facts.Add("Database.Container", member.Container.Name, members.DatabaseReason);
            AddStorage(member);
        }

        return BuildAsync(
            name, members, DatabaseDraft.From(members, name?.Value ?? "The container"), CacheDraft.From(members), ServerDraft.From(members), cancellationToken);
    }

    /// <summary>Builds a deployment from what is written about its parts.</summary>
    public async Task<LettaDeployment> BuildAsync(
        SourcedText? name, RecognisedMembers members, DatabaseDraft draft, CacheDraft? cacheDraft, ServerDraft? serverDraft,
        CancellationToken cancellationToken)
    {
        var database = await new DatabaseResolver(engine, containers, _facts).ResolveAsync(draft, cancellationToken).ConfigureAwait(false);
        var cache = await CacheAsync(cacheDraft, cancellationToken).ConfigureAwait(false);
        var server = await ServerAsync(serverDraft, cancellationToken).ConfigureAwait(false);
        foreach (var proxy in members.Proxies)
        {
            _facts.Add("Proxy.Container", proxy.Container.Name, $"{proxy.Origin} image {proxy.Container.Image}");
        }

        // A database outside the group, found by the port that it publishes, belongs to it all the same.
        var joined = new[] { database.Container, cache?.Container, server?.Container }.OfType<DeploymentContainer>()
            .DistinctBy(container => container.Name)
            .Where(container => members.All.All(known => known.Container.Name != container.Name));
        List<DeploymentContainer> all = [.. members.All.Select(known => known.Container), .. joined];
        all.ForEach(AddContainer);

        if (name is null)
        {
            name = database.Container?.Project is { } project
                ? new SourcedText(project, $"label {ContainerMapping.ProjectLabel} of {database.Container.Name}")
                : new SourcedText(database.Database, $"database name, {draft.Database.Source}");
            AddName(name);
        }

        var deployment = new LettaDeployment
        {
            Name = name.Value,
            Database = database,
            Cache = cache,
            Server = server,
            Containers = all,
            Facts = _facts,
        };
        AddMaintenance(deployment);
        return deployment;
    }

    private void AddMaintenance(LettaDeployment deployment)
    {
        try
        {
            if (MaintenanceFiles.Local.Find(deployment) is { } note)
            {
                var reason = note.Reason is { } text ? $": {text}" : string.Empty;
                _facts.Add("Maintenance", $"since {note.Since:u}{reason}", $"note of {note.Machine} in {MaintenanceFiles.Local.PathOf(deployment)}");
            }
        }
        catch (LettaDrException unreadable)
        {
            _facts.Add("Maintenance", "unknown", unreadable.Message);
        }
    }

    private void AddName(SourcedText? name)
    {
        if (name is not null)
        {
            _facts.Add("Name", name.Value, name.Source);
        }
    }

    private async Task<CacheEndpoint?> CacheAsync(CacheDraft? draft, CancellationToken cancellationToken)
    {
        if (draft is null)
        {
            _facts.Add("Cache", "none", "nothing names a Redis, and no container of the deployment runs one");
            return null;
        }

        var (route, container) = await RouteAsync(draft.Member, draft.Host, draft.Port, draft.NamedBy, cancellationToken).ConfigureAwait(false);
        _facts.Add("Cache.Host", route.Host, route.Source);
        _facts.Add("Cache.Port", route.Port.ToString(CultureInfo.InvariantCulture), route.Source);
        return new CacheEndpoint
        {
            Host = route.Host,
            Port = route.Port,
            Password = AddSecret("Cache.Password", draft.Password),
            Container = container,
        };
    }

    private async Task<ServerEndpoint?> ServerAsync(ServerDraft? draft, CancellationToken cancellationToken)
    {
        if (draft is null)
        {
            _facts.Add("Server", "none", "nothing names a Letta server, and no container of the deployment runs one");
            return null;
        }

        Uri address;
        DeploymentContainer? container;
        if (draft.BaseAddress is { } named)
        {
            address = new Uri(named.Value);
            (_, container) = await RouteAsync(null, named with { Value = address.Host }, address.Port, null, cancellationToken).ConfigureAwait(false);
            _facts.Add("Server.BaseAddress", address.ToString(), named.Source);
        }
        else
        {
            var host = new SourcedText(draft.Member!.Name, draft.Member.Origin);
            (var route, container) = await RouteAsync(draft.Member, host, draft.Port, null, cancellationToken).ConfigureAwait(false);
            address = new UriBuilder(Uri.UriSchemeHttp, route.Host, route.Port).Uri;
            _facts.Add("Server.BaseAddress", address.ToString(), route.Source);
        }

        return new ServerEndpoint { BaseAddress = address, Password = AddSecret("Server.Password", draft.Password), Container = container };
    }

    private async Task<(MemberRoute Route, DeploymentContainer? Container)> RouteAsync(
        DeploymentMember? member, SourcedText host, int port, DeploymentMember? namedBy, CancellationToken cancellationToken)
    {
        if (member is null && containers is not null
            && await containers.FindAsync(host.Value, port, namedBy, cancellationToken).ConfigureAwait(false) is { } found)
        {
            (member, port) = (ContainerMembers.From(found.Details), found.Port);
        }

        return member is null
            ? (new MemberRoute(host.Value, port, host.Source), null)
            : (await MemberRoute.FindAsync(member, port, engine, cancellationToken).ConfigureAwait(false), member.Container);
    }

    private Secret? AddSecret(string name, SourcedText? text)
    {
        if (text is null || text.Value.Length == 0)
        {
            return null;
        }

        var secret = new Secret(text.Value);
        _facts.AddSecret(name, secret, text.Source);
        return secret;
    }

    /// <summary>Where the data lies, and the script that set it up.</summary>
    private void AddStorage(DeploymentMember member)
    {
        foreach (var volume in member.Container.Volumes)
        {
            if (volume.Destination.Contains("docker-entrypoint-initdb.d", StringComparison.Ordinal))
            {
                _facts.Add("Database.InitScript", volume.Source, $"{member.Origin} mount {volume.Destination}");
            }
            else if (volume.Destination.Contains("postgres", StringComparison.Ordinal)
                || volume.Destination.Contains("pgdata", StringComparison.Ordinal))
            {
                _facts.Add("Database.Volume", volume.Source, $"{member.Origin} mount {volume.Destination} ({volume.Kind})");
            }
        }
    }

    private void AddContainer(DeploymentContainer container)
    {
        var source = container.Id is null ? "Compose file; the container does not exist" : "docker inspect";
        if (container.Image is { } image)
        {
            _facts.Add($"Container.{container.Name}.Image", image, source);
        }

        if (container.ImageDigest is { } digest)
        {
            _facts.Add($"Container.{container.Name}.ImageDigest", digest, source);
        }

        _facts.Add($"Container.{container.Name}.State", container.State ?? "absent", source);
    }
}
