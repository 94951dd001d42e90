using System.Text;

namespace LettaDr.Systems;

/// <summary>Where pgBackRest runs with the user's own configuration: in the database's container, or on this machine.</summary>
internal sealed class PgBackRestPlace : IDisposable
{
    // pgBackRest as root would leave lock files that the server's own archive_command cannot open: it runs as the cluster's owner.
    private const string OwnerScript = "stat -c %u:%g \"${PGDATA:-/var/lib/postgresql/data}\" 2>/dev/null || echo $(id -u postgres):$(id -g postgres)";

    private readonly DockerEngine? _docker;

    private PgBackRestPlace(IProgramHost host, DockerEngine? docker, DeploymentContainer? container) =>
        (Host, _docker, Container) = (host, docker, container);

    /// <summary>Runs programs there, as the cluster's owner.</summary>
    public IProgramHost Host { get; }

    /// <summary>The database's container; null outside Docker.</summary>
    public DeploymentContainer? Container { get; }

    /// <summary>Where a deployment's database is.</summary>
    /// <exception cref="LettaDrException">Its container does not run.</exception>
    public static async Task<PgBackRestPlace> OpenAsync(DatabaseEndpoint endpoint, CancellationToken cancellationToken)
    {
        if (endpoint.Container is not { } container)
        {
            return new PgBackRestPlace(new LocalProgramHost(endpoint, serverMajor: 0), null, null);
        }

        return await OpenAsync(_ => Task.FromResult(container), endpoint.Port, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Where a backup was made.</summary>
    /// <exception cref="LettaDrException">That container is not there any more, or does not run.</exception>
    public static async Task<PgBackRestPlace> OpenAsync(PgBackRestPart part, CancellationToken cancellationToken)
    {
        if (part.Container is null)
        {
            var nowhere = new DatabaseEndpoint { Host = "localhost", Database = part.Database, UserName = string.Empty };
            return new PgBackRestPlace(new LocalProgramHost(nowhere, serverMajor: 0), null, null);
        }

        return await OpenAsync(docker => docker.InspectAsync(part.Container, cancellationToken), serverPort: 5432, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _docker?.Dispose();

    private static async Task<PgBackRestPlace> OpenAsync(
        Func<DockerEngine, Task<DeploymentContainer>> find, int serverPort, CancellationToken cancellationToken)
    {
        var docker = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var container = await find(docker).ConfigureAwait(false);
            if (container is not { Id: not null, IsRunning: true })
            {
                throw new LettaDrException(
                    "ContainerNotRunning", FaultKind.Unreachable, $"The database's container {container.Name} does not run, and pgBackRest is in it.",
                    "Start the container, and run the command again.", container.Name);
            }

            var owner = await OwnerAsync(docker, container.Id, cancellationToken).ConfigureAwait(false);
            return new PgBackRestPlace(new DockerProgramHost(docker, container, serverPort, owner), docker, container);
        }
        catch
        {
            docker.Dispose();
            throw;
        }
    }

    /// <summary>The owner of the cluster's files as <c>user:group</c>; null when nobody can say.</summary>
    public static async Task<string?> OwnerAsync(DockerEngine docker, string containerId, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        await docker.ExecAsync(containerId, ["sh", "-c", OwnerScript], null, null, output, null, cancellationToken).ConfigureAwait(false);
        var owner = Encoding.UTF8.GetString(output.ToArray()).Trim();
        return owner.Split(':') is [{ Length: > 0 } user, { Length: > 0 } group] && user.All(char.IsAsciiDigit) && group.All(char.IsAsciiDigit)
            ? owner : null;
    }
}
