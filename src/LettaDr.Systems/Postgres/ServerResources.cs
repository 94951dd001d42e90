namespace LettaDr.Systems;

/// <summary>Memory that a server may use: its container's limits, or nothing known.</summary>
internal sealed class ServerResources(DockerEngine? docker, DeploymentContainer? container)
{
    public async Task<long?> MemoryBytesAsync(CancellationToken cancellationToken) => docker is null || container?.Id is null
        ? null
        : await docker.MemoryLimitBytesAsync(container.Id, cancellationToken).ConfigureAwait(false) ?? MachineMemory(docker);

    public async Task<long?> SharedMemoryBytesAsync(CancellationToken cancellationToken) => docker is null || container?.Id is null
        ? null
        : await docker.ShmSizeBytesAsync(container.Id, cancellationToken).ConfigureAwait(false);

    private static long? MachineMemory(DockerEngine docker) =>
        docker.IsLocal ? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes : null;
}
