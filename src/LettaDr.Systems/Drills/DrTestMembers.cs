using System.Runtime.CompilerServices;

namespace LettaDr.Systems;

/// <summary>The containers of a deployment that a recovery test acts on, at the addresses that they have at each moment.</summary>
internal sealed class DrTestMembers(DockerEngine engine, LettaDeployment deployment)
{
    private readonly bool _databaseByAddress = deployment.Database.Host == deployment.Database.Container?.Address;
    private readonly bool _cacheByAddress = deployment.Cache is { } cache && cache.Host == cache.Container?.Address;
    private readonly bool _serverByAddress = deployment.Server is { } server && (server.BaseAddress.Host == server.Container?.Address || server.Container?.Address is null);

    /// <summary>The components that run in containers, in the order in which they depend on each other.</summary>
    public IReadOnlyList<RecoveryComponent> Components { get; } =
        [.. new[] { RecoveryComponent.Database, RecoveryComponent.Cache, RecoveryComponent.Server }.Where(component => Container(deployment, component)?.Id is not null)];

    /// <summary>Docker's identifier of a component.</summary>
    public string Id(RecoveryComponent component) => Container(deployment, component)!.Id!;

    /// <summary>The deployment as it is now: a container that was started anew may have another address.</summary>
    public async Task<LettaDeployment> CurrentAsync(CancellationToken cancellationToken)
    {
        var database = deployment.Database;
        if (await InspectAsync(database.Container, cancellationToken).ConfigureAwait(false) is { } primary)
        {
            database = database with { Container = primary, Host = _databaseByAddress ? primary.Address ?? database.Host : database.Host };
        }

        var cache = deployment.Cache;
        if (await InspectAsync(cache?.Container, cancellationToken).ConfigureAwait(false) is { } redis)
        {
            cache = cache! with { Container = redis, Host = _cacheByAddress ? redis.Address ?? cache.Host : cache.Host };
        }

        var server = deployment.Server;
        if (await InspectAsync(server?.Container, cancellationToken).ConfigureAwait(false) is { } letta)
        {
            var address = _serverByAddress && letta.Address is not null ? new UriBuilder(server!.BaseAddress) { Host = letta.Address }.Uri : server!.BaseAddress;
            server = server with { Container = letta, BaseAddress = address };
        }

        return deployment with
        {
            Database = database, Cache = cache, Server = server,
            Containers = [.. deployment.Containers.Select(container => new[] { database.Container, cache?.Container, server?.Container }
                .FirstOrDefault(fresh => fresh?.Id == container.Id) ?? container)],
        };
    }

    /// <summary>The checks of Test-LettaDeployment.</summary>
    public async IAsyncEnumerable<CheckResult> TestAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var current = await CurrentAsync(cancellationToken).ConfigureAwait(false);
        await foreach (var check in new DeploymentProbe().CheckAsync(current, cancellationToken).ConfigureAwait(false))
        {
            yield return check;
        }
    }

    /// <summary>The checks of Test-LettaConsistency that ask database and cache.</summary>
    public async Task<IReadOnlyList<CheckResult>> TestConsistencyAsync(DatabaseInventory? expected, CancellationToken cancellationToken)
    {
        var current = await CurrentAsync(cancellationToken).ConfigureAwait(false);
        var test = new ConsistencyTest(current.Name, [new DatabaseConsistency(current.Database, expected), new CacheConsistency(current, OperationId.Next())]);
        return await ToListAsync(test.RunAsync([], NoObserver.Instance, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Versions, images, sizes and settings as they are.</summary>
    public async Task<Dictionary<string, string>> DescribeAsync(CancellationToken cancellationToken)
    {
        var current = await CurrentAsync(cancellationToken).ConfigureAwait(false);
        var facts = new Dictionary<string, string>();
        foreach (var container in current.Containers)
        {
            facts[$"Image of {container.Service ?? container.Name}"] = container.ImageDigest is null ? container.Image ?? "unknown" : $"{container.Image} ({container.ImageDigest})";
        }

        await foreach (var check in TestAsync(cancellationToken).ConfigureAwait(false))
        {
            facts[check.Name] = $"{check.Outcome}. {check.Evidence}";
        }

        return facts;
    }

    private static DeploymentContainer? Container(LettaDeployment deployment, RecoveryComponent component) => component switch
    {
        RecoveryComponent.Database => deployment.Database.Container,
        RecoveryComponent.Cache => deployment.Cache?.Container,
        RecoveryComponent.Server => deployment.Server?.Container,
        _ => null,
    };

    private async Task<DeploymentContainer?> InspectAsync(DeploymentContainer? container, CancellationToken cancellationToken) =>
        container?.Id is { } id ? await engine.InspectAsync(id, cancellationToken).ConfigureAwait(false) : null;

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
