using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace LettaDr.Systems;

/// <summary>Makes sandboxes: database, schema and rows, cache, server, in this order, or nothing at all.</summary>
internal sealed partial class SandboxStack(DockerEngine engine, IOperationObserver observer)
{
    internal const string DatabaseService = "letta_db";
    internal const string CacheService = "redis";
    internal const string ServerService = "letta_server";

    /// <summary>Names by which a sandbox's members reach its database.</summary>
    internal static readonly IReadOnlyList<string> DatabaseAliases = [DatabaseService, "letta-db", "pgvector_db"];

    private const string Letta = "letta";
    private const int DatabasePort = 5432;
    private const int CachePort = 6379;
    private const int ServerPort = 8283;

    private readonly SandboxReadiness _readiness = new(engine);
    private readonly SandboxInventory _inventory = new(engine);

    /// <summary>Makes a sandbox. Whatever fails or stops it, nothing of it is left then.</summary>
    /// <exception cref="LettaDrException">The name is taken or no name, an image is missing, or a container does not come up.</exception>
    internal async Task<LettaSandbox> CreateAsync(SandboxRequest request, CancellationToken cancellationToken)
    {
        await CheckAsync(request, cancellationToken);
        Tell(request, "Looking for the images");
        await SandboxImages.EnsureAsync(engine, request.Images, observer, cancellationToken);

        var createdAt = DateTimeOffset.UtcNow;
        var network = request.Name + "_default";
        observer.Verbose($"Creating network {network}.");
        await engine.Containers.CreateNetworkAsync(
            network, With(request.Labels, SandboxLabels.Of(request.Name, createdAt)), cancellationToken, request.Isolated);
        try
        {
            return await StartAsync(request, network, createdAt, cancellationToken);
        }
        catch
        {
            await WithdrawAsync(request.Name);
            throw;
        }
    }

    private async Task CheckAsync(SandboxRequest request, CancellationToken cancellationToken)
    {
        if (!ProjectName().IsMatch(request.Name))
        {
            throw new LettaDrException(
                "SandboxNameInvalid", FaultKind.InvalidArgument, $"'{request.Name}' cannot name a sandbox.",
                "Use up to 48 lower-case letters, digits, hyphens and underscores, beginning with a letter or a digit.", request.Name);
        }

        if (!engine.IsLocal)
        {
            throw new LettaDrException(
                "SandboxUnreachable", FaultKind.InvalidArgument,
                "The Docker engine is on another machine, where nothing of a sandbox is open to this one.",
                "Run the command on that machine.", request.Name);
        }

        if ((await _inventory.NamesAsync(cancellationToken)).Contains(request.Name, StringComparer.Ordinal))
        {
            throw new LettaDrException(
                "SandboxExists", FaultKind.AlreadyExists, $"There is a sandbox named '{request.Name}' already.",
                $"Choose another name, or remove it with 'Remove-LettaSandbox {request.Name}'.", request.Name);
        }
    }

    private async Task<LettaSandbox> StartAsync(
        SandboxRequest request, string network, DateTimeOffset createdAt, CancellationToken cancellationToken)
    {
        var password = new Secret(RandomNumberGenerator.GetHexString(40, lowercase: true));
        var key = request.EncryptionKey ?? new Secret(RandomNumberGenerator.GetHexString(40, lowercase: true));

        Tell(request, "Starting PostgreSQL");
        var database = await RunAsync(
            request, DatabaseService, request.DatabaseImage, DatabasePort, network, createdAt,
            run => run with
            {
                Environment = new Dictionary<string, string>
                {
                    ["POSTGRES_USER"] = Letta, ["POSTGRES_PASSWORD"] = password.Reveal(), ["POSTGRES_DB"] = Letta,
                },
                NetworkAliases = DatabaseAliases,
                Command = request.DatabaseArguments.Count == 0 ? null : ["postgres", .. request.DatabaseArguments],
                MemoryBytes = request.MemoryBytes,
                ShmSizeBytes = request.ShmSizeBytes,
            },
            cancellationToken);
        var (host, port) = Reach(database, DatabasePort);
        var endpoint = new DatabaseEndpoint
        {
            Host = host, Port = port, Database = Letta, UserName = Letta, Password = password, Schema = Letta, Container = database,
        };

        // By TCP: while the image makes its cluster, a server that is soon stopped again answers on the socket.
        await _readiness.CommandAsync(database.Id!, ["pg_isready", "-q", "-h", "127.0.0.1", "-U", Letta, "-d", Letta], cancellationToken);
        await new SandboxDatabase(engine, endpoint, observer).PrepareAsync(request.Size, key, cancellationToken);

        Tell(request, "Starting Redis");
        var cache = await RunAsync(
            request, CacheService, request.CacheImage, CachePort, network, createdAt,
            run => run with { NetworkAliases = [CacheService], Command = ["redis-server", "--appendonly", "yes"] },
            cancellationToken);
        await _readiness.CommandAsync(cache.Id!, ["redis-cli", "-e", "ping"], cancellationToken);

        Tell(request, request.StartServer ? "Starting the Letta server" : "Creating the Letta server");
        var server = await RunAsync(
            request, ServerService, request.ServerImage, ServerPort, network, createdAt,
            run => run with
            {
                Environment = With(request.ServerEnvironment, new Dictionary<string, string>
                {
                    ["LETTA_PG_URI"] = $"postgresql://{Letta}:{password.Reveal()}@letta-db:{DatabasePort}/{Letta}",
                    [LettaEncryption.KeyName] = key.Reveal(),
                    ["LETTA_REDIS_HOST"] = CacheService,
                    ["LETTA_REDIS_PORT"] = CachePort.ToString(CultureInfo.InvariantCulture),
                }),
                NetworkAliases = [ServerService],
            },
            cancellationToken,
            request.StartServer);
        var address = new UriBuilder("http", ServerService, ServerPort).Uri;
        if (request.StartServer)
        {
            (host, port) = Reach(server, ServerPort);
            address = new UriBuilder("http", host, port).Uri;

            // Not its health page, which is content without a database.
            await _readiness.HttpAsync(server.Id!, new Uri(address, "v1/agents/?limit=1"), cancellationToken);
        }

        (host, port) = Reach(cache, CachePort);
        return new LettaSandbox
        {
            Name = request.Name,
            CreatedAt = createdAt,
            Network = network,
            Containers = [database, cache, server],
            Images = request.Images,
            Deployment = new LettaDeployment
            {
                Name = request.Name,
                Database = endpoint,
                Cache = new CacheEndpoint { Host = host, Port = port, Container = cache },
                Server = new ServerEndpoint { BaseAddress = address, Container = server },
                Containers = [database, cache, server],
                Facts =
                [
                    new DiscoveredFact("Database", endpoint.ToString(), $"New-LettaSandbox made it in {database.Name}"),
                    new DiscoveredFact("Cache", $"{host}:{port}", $"New-LettaSandbox made it in {cache.Name}"),
                    new DiscoveredFact("Server", address.ToString(), $"New-LettaSandbox made it in {server.Name}"),
                ],
            },
        };
    }

    private async Task<DeploymentContainer> RunAsync(
        SandboxRequest request, string service, string image, int port, string network, DateTimeOffset createdAt,
        Func<DockerRunRequest, DockerRunRequest> complete, CancellationToken cancellationToken, bool start = true)
    {
        var run = new DockerRunRequest
        {
            Image = image,
            Name = $"{request.Name}-{service}-1",
            Labels = With(request.Labels, SandboxLabels.Of(request.Name, createdAt, service)),
            Network = network,
            Ports = request.PublishPorts ? new Dictionary<int, int> { [port] = 0 } : new Dictionary<int, int>(),
        };
        observer.Verbose($"{(start ? "Starting" : "Creating")} container {run.Name} from {image}.");
        if (!start)
        {
            return await engine.InspectAsync(await engine.Containers.CreateAsync(complete(run), cancellationToken), cancellationToken);
        }

        var id = await engine.Containers.RunAsync(complete(run), cancellationToken);
        var container = await engine.InspectAsync(id, cancellationToken);
        // One that ended at once has no address either; why it ended is what is to be told.
        await _readiness.RunningAsync(container, cancellationToken);
        return container;
    }

    private (string Host, int Port) Reach(DeploymentContainer container, int port)
    {
        if (engine.IsLocal && container.Address is { } address)
        {
            return (address, port);
        }

        return container.PublishedPorts.TryGetValue(port, out var published)
            ? (engine.PublishedHost, published)
            : throw new LettaDrException(
                "SandboxUnreachable", FaultKind.Unreachable, $"The container {container.Name} has no address that this machine can reach.",
                "Publish its ports on this machine with -PublishPorts.", container.Name);
    }

    private async Task WithdrawAsync(string name)
    {
        observer.Verbose($"Removing what there is of sandbox {name}.");
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            await _inventory.RemoveAsync(name, observer, limit.Token);
        }
        catch (Exception exception) when (exception is LettaDrException or OperationCanceledException)
        {
            observer.Warning($"Sandbox {name} could not be removed again: {exception.Message} Try 'Remove-LettaSandbox {name}'.");
        }
    }

    /// <summary>Both; what the second says goes before what the first does.</summary>
    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string> some, Dictionary<string, string> others)
    {
        var all = new Dictionary<string, string>(some);
        foreach (var (name, value) in others)
        {
            all[name] = value;
        }

        return all;
    }

    private void Tell(SandboxRequest request, string status) =>
        observer.Progress(new OperationProgress($"Creating sandbox {request.Name}", status, 0, 0, 0, null));

    [GeneratedRegex("^[a-z0-9][a-z0-9_-]{0,47}$", RegexOptions.CultureInvariant)]
    private static partial Regex ProjectName();
}
