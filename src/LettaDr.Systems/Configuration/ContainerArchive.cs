using System.Formats.Tar;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace LettaDr.Systems;

/// <summary>Files of a container, running or not, as Docker's archive gives them.</summary>
internal sealed class ContainerArchive(DockerEngine engine, string containerId)
{
    /// <summary>Visits what lies at a path, and below it, in the order of the archive.</summary>
    /// <param name="path">Absolute path in the container.</param>
    /// <param name="visit">Gets each entry; its name begins with the path's last part.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>False when there is no such path.</returns>
    public Task<bool> ReadAsync(string path, Func<TarEntry, Task> visit, CancellationToken cancellationToken) => OpenAsync(
        path,
        async archive =>
        {
            using var reader = new TarReader(archive);
            while (await reader.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false) is { } entry)
            {
                await visit(entry).ConfigureAwait(false);
            }
        },
        cancellationToken);

    /// <summary>Copies what lies at a path as a tar archive.</summary>
    /// <returns>False when there is no such path.</returns>
    public Task<bool> CopyAsync(string path, Stream destination, CancellationToken cancellationToken) =>
        OpenAsync(path, archive => archive.CopyToAsync(destination, cancellationToken), cancellationToken);

    /// <summary>Whether there is anything at a path.</summary>
    public Task<bool> ExistsAsync(string path, CancellationToken cancellationToken) => engine.GuardAsync(
        $"look for {path} in container {containerId}",
        async client =>
        {
            try
            {
                var found = await client.Containers.GetArchiveFromContainerAsync(
                    containerId, new GetArchiveFromContainerParameters { Path = path }, true, cancellationToken).ConfigureAwait(false);
                found.Stream?.Dispose();
                return true;
            }
            catch (DockerApiException missing) when (missing.StatusCode == System.Net.HttpStatusCode.NotFound)
            {
                return false;
            }
        },
        cancellationToken);

    private Task<bool> OpenAsync(string path, Func<Stream, Task> read, CancellationToken cancellationToken) => engine.GuardAsync(
        $"read {path} of container {containerId}",
        async client =>
        {
            GetArchiveFromContainerResponse response;
            try
            {
                response = await client.Containers.GetArchiveFromContainerAsync(
                    containerId, new GetArchiveFromContainerParameters { Path = path }, false, cancellationToken).ConfigureAwait(false);
            }
            catch (DockerApiException missing) when (missing.StatusCode == System.Net.HttpStatusCode.NotFound)
            {
                return false;
            }

            using (var archive = new EngineStream(response.Stream))
            {
                await read(archive).ConfigureAwait(false);
            }

            return true;
        },
        cancellationToken);
}
