using System.Text;

namespace LettaDr.Systems;

/// <summary>Finds out beforehand what of a deployment would not come back if its containers were killed and started.</summary>
internal sealed class DrTestKillCheck(DockerEngine engine, LettaDeployment deployment)
{
    private const string Remedy = "Run the test on a copy: leave out -OnDeployment.";

    private readonly DrTestMembers _members = new(engine, deployment);

    /// <summary>Refuses what would lose more than a cache.</summary>
    /// <returns>What the cache would lose, in a sentence; null for nothing.</returns>
    /// <exception cref="LettaDrException">A container is not here, is removed when it dies, or has its database in memory.</exception>
    public async Task<string?> RunAsync(CancellationToken cancellationToken)
    {
        if (!_members.Components.Contains(RecoveryComponent.Database))
        {
            throw new LettaDrException(
                "DeploymentNotInDocker", FaultKind.Incompatible,
                $"The database of {deployment.Name} does not run in this machine's Docker, and cannot be killed and started from here.",
                "Run the test on the machine that runs it, or on a copy (without -OnDeployment).", deployment.Name);
        }

        foreach (var component in _members.Components)
        {
            ServerContainers.RequireKept(await engine.DescribeAsync(_members.Id(component), cancellationToken).ConfigureAwait(false));
        }

        await RequireDatabaseOnDiskAsync(cancellationToken).ConfigureAwait(false);
        return _members.Components.Contains(RecoveryComponent.Cache)
            ? await LossOfCacheAsync(cancellationToken).ConfigureAwait(false) : null;
    }

    private async Task RequireDatabaseOnDiskAsync(CancellationToken cancellationToken)
    {
        var details = await engine.DescribeAsync(_members.Id(RecoveryComponent.Database), cancellationToken).ConfigureAwait(false);
        var connector = new PostgresConnector(deployment.Database, OperationId.Next());
        var connection = await connector.OpenAsync(null, cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        // A role without the right to see where it is sees no such setting.
        var data = await PostgresConnector.ScalarAsync<string>(
            connection, "SELECT setting FROM pg_catalog.pg_settings WHERE name = 'data_directory'", cancellationToken).ConfigureAwait(false)
            ?? ClusterInspection.DataDirectory(details);
        if (await IsInMemoryAsync(details, data, cancellationToken).ConfigureAwait(false))
        {
            throw new LettaDrException(
                "DataInMemory", FaultKind.Incompatible,
                $"The data directory {data} of the container {details.Container.Name} is in memory (tmpfs), and is lost when that dies.",
                Remedy, details.Container.Name);
        }
    }

    private async Task<string?> LossOfCacheAsync(CancellationToken cancellationToken)
    {
        var cache = deployment.Cache!;
        var persistence = await RedisPersistence.ReadAsync(cache, cancellationToken).ConfigureAwait(false);
        var connection = await RedisConnector.OpenAsync(cache, cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        var names = await RedisFaults.GuardAsync(
            cache, () => RedisFileNames.ReadAsync(RedisConnector.Server(connection), cancellationToken)).ConfigureAwait(false);
        var details = await engine.DescribeAsync(_members.Id(RecoveryComponent.Cache), cancellationToken).ConfigureAwait(false);
        return await IsInMemoryAsync(details, names.Directory, cancellationToken).ConfigureAwait(false)
            ? $"{persistence.Cache} keeps its files in memory (tmpfs), and loses all its keys."
            : persistence.LostWhenKilled;
    }

    /// <summary>By the file system itself: a volume can be one in memory, and Docker lists not every such mount among its mounts.</summary>
    private async Task<bool> IsInMemoryAsync(ContainerDetails details, string path, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        var result = await engine.ExecAsync(
            details.Container.Id!, ["stat", "-f", "-c", "%T", "--", path], null, null, output, null, cancellationToken)
            .ConfigureAwait(false);
        return result.ExitCode == 0 ? Encoding.UTF8.GetString(output.ToArray()).Trim() is "tmpfs" or "ramfs" : throw new LettaDrException(
            "DataNotFound", FaultKind.Incompatible,
            $"It cannot be seen whether {path} outlives container {details.Container.Name}: {result.StandardError.Trim().TrimEnd('.')}.",
            Remedy, details.Container.Name);
    }
}
