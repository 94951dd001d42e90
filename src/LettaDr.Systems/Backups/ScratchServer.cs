using System.Security.Cryptography;

namespace LettaDr.Systems;

/// <summary>A throw-away PostgreSQL container of the image that a set records, reachable from this machine only.</summary>
internal sealed class ScratchServer : IScratchServer
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly DockerEngine _docker;
    private readonly string _containerId;
    private readonly DeploymentDatabase _database;

    private ScratchServer(DockerEngine docker, string containerId, LettaDeployment deployment, DeploymentDatabase database)
    {
        (_docker, _containerId, _database) = (docker, containerId, database);
        Deployment = deployment;
    }

    public LettaDeployment Deployment { get; }

    public static async Task<ScratchServer> StartAsync(Backup backup, string? otherImage, CancellationToken cancellationToken)
    {
        var image = otherImage ?? backup.Manifest?.Database?.Image ?? throw new LettaDrException(
            "ImageNotRecorded", FaultKind.NotFound,
            $"The set {backup.Id} does not record an image, because its database was not in this machine's Docker.",
            "Name one of the same PostgreSQL version with pgvector by -Image.", backup.Id);
        var docker = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        string? id = null;
        try
        {
            await ScratchContainers.SweepAsync(docker, cancellationToken).ConfigureAwait(false);
            image = await RecordedImage.FindAsync(
                docker, image, otherImage is null ? backup.Manifest?.Database?.ImageDigest : null,
                "name another of the same PostgreSQL version by -Image", cancellationToken).ConfigureAwait(false);
            var password = new Secret(Hex.Lower(RandomNumberGenerator.GetBytes(16)));
            id = await docker.Containers.RunAsync(Request(image, password), cancellationToken).ConfigureAwait(false);
            var container = await docker.InspectAsync(id, cancellationToken).ConfigureAwait(false);
            var deployment = new LettaDeployment
            {
                Name = backup.Deployment,
                Database = new DatabaseEndpoint
                {
                    Host = container.Address ?? docker.PublishedHost,
                    Port = container.Address is null ? container.PublishedPorts[5432] : 5432,
                    Database = "letta", UserName = "postgres", Password = password, Container = container,
                },
            };
            await WaitAsync(deployment.Database, cancellationToken).ConfigureAwait(false);
            var database = await DeploymentDatabase.OpenAsync(deployment, OperationId.Next(), cancellationToken).ConfigureAwait(false);
            return new ScratchServer(docker, id, deployment, database);
        }
        catch
        {
            if (id is not null)
            {
                await docker.Containers.RemoveAsync(id, volumes: true, CancellationToken.None).ConfigureAwait(false);
            }

            docker.Dispose();
            throw;
        }
    }

    public IDatabaseTarget OpenTarget() => _database.OpenTarget();

    public async ValueTask DisposeAsync()
    {
        _database.Dispose();
        await _docker.Containers.RemoveAsync(_containerId, volumes: true, CancellationToken.None).ConfigureAwait(false);
        _docker.Dispose();
    }

    private static DockerRunRequest Request(string image, Secret password) => new()
    {
        Image = image,
        Environment = new Dictionary<string, string> { ["POSTGRES_PASSWORD"] = password.Reveal() },
        Labels = ScratchContainers.Labels(),
        Ports = new Dictionary<int, int> { [5432] = 0 },
        // Nothing in it is to outlive it.
        Command = ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_wal_size=4GB"],
        ShmSizeBytes = 256L << 20,
    };

    private static async Task WaitAsync(DatabaseEndpoint endpoint, CancellationToken cancellationToken)
    {
        var connector = new PostgresConnector(endpoint with { Database = "postgres" }, "scratch");
        var deadline = DateTimeOffset.UtcNow + StartLimit;
        while (true)
        {
            try
            {
                // On the way to being ready, the server listens on its socket only: an answer by TCP is the final one's.
                await using var connection = await connector.OpenAsync(null, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (LettaDrException notYet) when (notYet.Kind == FaultKind.Unreachable && DateTimeOffset.UtcNow < deadline)
            {
                await Task.Delay(200, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
