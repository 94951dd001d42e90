namespace LettaDr.Systems;

/// <summary>The configuration of a deployment as it is now: its files, and what its containers were started with.</summary>
/// <param name="engine">The Docker engine; null when none answers.</param>
internal sealed class DeploymentConfiguration(DockerEngine? engine)
{
    /// <summary>Reads it. Of several containers of a service the first stands for all.</summary>
    public async Task<ConfigurationSide> ReadAsync(LettaDeployment deployment, CancellationToken cancellationToken)
    {
        var side = new ConfigurationSide($"deployment {deployment.Name}");
        await AddFilesAsync(side, deployment, cancellationToken).ConfigureAwait(false);
        var containers = engine is null ? [] : await ContainerConfiguration.ListAsync(engine, deployment, cancellationToken).ConfigureAwait(false);
        foreach (var details in containers.DistinctBy(ContainerConfiguration.ServiceOf))
        {
            var container = details.Container;
            var service = ContainerConfiguration.ServiceOf(details);
            ContainerConfiguration.Add(side, details, deployment.Compose?.Folder);
            ContainerConfiguration.AddImage(side, service, container.Image, container.ImageDigest);
            side.Kinds.Add(ConfigurationItemKind.Port);
            foreach (var (inside, outside) in container.PublishedPorts)
            {
                side.Add(ConfigurationItemKind.Port, service, $"{inside}", $"{details.PublishedHosts.GetValueOrDefault(inside, "0.0.0.0")}:{outside}");
            }
        }

        await AddVersionsAsync(side, deployment, cancellationToken).ConfigureAwait(false);
        return side;
    }

    /// <summary>Adds the files that a deployment is configured by, of this machine and of its containers.</summary>
    public async Task AddFilesAsync(ConfigurationSide side, LettaDeployment deployment, CancellationToken cancellationToken)
    {
        var collector = new ConfigurationCollector(deployment, engine);
        await collector.CollectAsync(cancellationToken).ConfigureAwait(false);
        side.Kinds.UnionWith([ConfigurationItemKind.File, ConfigurationItemKind.FileVariable]);
        foreach (var file in collector.Files)
        {
            FileConfiguration.Add(side, file.Path, file.Purpose, file.Content, file.IsSecret, file.WrittenAt);
        }

        side.Missing.AddRange(collector.Missing.Select(SecretRedaction.Apply));
    }

    /// <summary>What the servers say of themselves, as far as they answer.</summary>
    private static async Task AddVersionsAsync(ConfigurationSide side, LettaDeployment deployment, CancellationToken cancellationToken)
    {
        side.Kinds.Add(ConfigurationItemKind.Version);
        try
        {
            await using var database = await new PostgresConnector(deployment.Database, "compare").OpenAsync(null, cancellationToken).ConfigureAwait(false);
            side.Add(ConfigurationItemKind.Version, "PostgreSQL", string.Empty, database.PostgreSqlVersion.ToString());
            if (deployment.Cache is { } cache)
            {
                var connection = await RedisConnector.OpenAsync(cache, cancellationToken).ConfigureAwait(false);
                await using var closing = connection.ConfigureAwait(false);
                side.Add(ConfigurationItemKind.Version, "Redis", string.Empty, RedisConnector.Server(connection).Version.ToString());
            }
        }
        catch (LettaDrException silent)
        {
            side.Notes.Add($"A server's version is not compared: {silent.Message}");
        }
    }
}
