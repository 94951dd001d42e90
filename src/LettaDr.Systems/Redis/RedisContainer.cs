namespace LettaDr.Systems;

/// <summary>The container that a deployment's Redis runs in.</summary>
internal static class RedisContainer
{
    /// <summary>Redis and its container.</summary>
    /// <exception cref="LettaDrException">The deployment has no Redis, or it is not in this machine's Docker.</exception>
    public static (CacheEndpoint Cache, DeploymentContainer Container) Of(LettaDeployment deployment)
    {
        var cache = deployment.Cache ?? throw new LettaDrException(
            "CacheNotFound", FaultKind.NotFound, $"The deployment {deployment.Name} has no Redis of its own.",
            "There is no cache to work on; set LETTA_REDIS_HOST if it should have one.", deployment.Name);
        return cache.Container switch
        {
            { Id: not null } container => (cache, container),
            { } defined => throw new LettaDrException(
                "CacheContainerMissing", FaultKind.NotFound, $"The container {defined.Name} of Redis is only defined, and does not exist.",
                "Have Compose create it (up), then run the command again.", defined.Name),
            null => throw new LettaDrException(
                "CacheNotInDocker", FaultKind.Incompatible, $"Redis at {cache} is not in this machine's Docker, and its files are out of reach.",
                "Run the command on the Docker host that runs it; a managed Redis has backups of its own.", cache),
        };
    }
}
