namespace LettaDr.Systems;

/// <summary>A deployment's PostgreSQL server with the programs that go with it.</summary>
internal sealed class DeploymentDatabase : IDisposable
{
    private const int DefaultPort = 5432;

    private readonly PostgresConnector _connector;
    private readonly PostgresPrograms _programs;
    private readonly ServerResources _resources;
    private readonly DockerEngine? _docker;

    private DeploymentDatabase(PostgresConnector connector, IProgramHost host, ServerResources resources, DockerEngine? docker)
    {
        _connector = connector;
        _programs = new PostgresPrograms(host, connector);
        _resources = resources;
        _docker = docker;
    }

    /// <summary>Connects to the server once, and finds where its programs run.</summary>
    /// <exception cref="LettaDrException">The server cannot be reached, or refuses the role.</exception>
    public static async Task<DeploymentDatabase> OpenAsync(
        LettaDeployment deployment, string operationId, CancellationToken cancellationToken)
    {
        var endpoint = deployment.Database;
        var connector = new PostgresConnector(endpoint, operationId);
        if (endpoint.Container is { Id: not null, IsRunning: true } container)
        {
            var docker = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
            var host = new DockerProgramHost(docker, container, PortInside(container, endpoint));
            return new DeploymentDatabase(connector, host, new ServerResources(docker, container), docker);
        }

        var major = await ServerMajorAsync(connector, cancellationToken).ConfigureAwait(false);
        return new DeploymentDatabase(connector, new LocalProgramHost(endpoint, major), new ServerResources(null, null), null);
    }

    /// <summary>Connects for a backup, and ends what still writes for a process that has died: its unfinished set is removed next.</summary>
    /// <exception cref="LettaDrException">The server cannot be reached, or refuses the role.</exception>
    public static async Task<DeploymentDatabase> OpenForBackupAsync(
        LettaDeployment deployment, string operationId, CancellationToken cancellationToken)
    {
        var database = await OpenAsync(deployment, operationId, cancellationToken).ConfigureAwait(false);
        try
        {
            if (database._docker is { } docker)
            {
                await ScratchContainers.SweepAsync(docker, cancellationToken).ConfigureAwait(false);
            }

            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public IDatabaseSource OpenSource() => new PostgresDatabaseSource(_connector, _programs);

    public IClusterSource OpenCluster() => new PostgresClusterSource(
        _connector, _programs, _docker is null ? null : (folder, cancellationToken) => ServerCompanion.StartAsync(
            _docker, _connector.Endpoint.Container!, _programs.Host.ServerPort, folder, cancellationToken));

    public IDatabaseTarget OpenTarget() => new PostgresDatabaseTarget(_connector, _programs, _resources);

    /// <summary>The connector that its sessions are opened by.</summary>
    public PostgresConnector Connector => _connector;

    /// <summary>Memory of the server, its /dev/shm, and bytes free beside its data; each null when nobody can say.</summary>
    public async Task<(long? Memory, long? SharedMemory, long? Free)> CapacityAsync(string? dataDirectory, CancellationToken cancellationToken) => (
        await _resources.MemoryBytesAsync(cancellationToken).ConfigureAwait(false),
        await _resources.SharedMemoryBytesAsync(cancellationToken).ConfigureAwait(false),
        dataDirectory is null ? null : await _programs.Host.FreeBytesAsync(dataDirectory, cancellationToken).ConfigureAwait(false));

    public void Dispose() => _docker?.Dispose();

    /// <summary>The port at which the server listens inside its container.</summary>
    public static int PortInside(DeploymentContainer container, DatabaseEndpoint endpoint)
    {
        if (endpoint.Host == container.Address)
        {
            return endpoint.Port;
        }

        var published = container.PublishedPorts.FirstOrDefault(port => port.Value == endpoint.Port);
        return published.Key > 0 ? published.Key : DefaultPort;
    }

    private static async Task<int> ServerMajorAsync(PostgresConnector connector, CancellationToken cancellationToken)
    {
        try
        {
            await using var direct = await connector.OpenAsync(null, cancellationToken).ConfigureAwait(false);
            return direct.PostgreSqlVersion.Major;
        }
        catch (LettaDrException missing) when (missing.Id is "DatabaseNotFound" or "DatabaseClosed")
        {
            await using var maintenance = await connector.OpenMaintenanceAsync(cancellationToken).ConfigureAwait(false);
            return maintenance.PostgreSqlVersion.Major;
        }
    }
}
