namespace LettaDr.Systems;

/// <summary>
/// A throw-away container beside a server's own: of its image, in its network, and with a folder of this machine that its programs
/// write into. What they write through Docker's stream costs more processor time than the copying itself.
/// </summary>
internal sealed class ServerCompanion : IAsyncDisposable
{
    /// <summary>Where its programs see the folder.</summary>
    public const string Mount = "/lettadr";

    private readonly ScratchContainer _container;

    private ServerCompanion(ScratchContainer container, DeploymentContainer server, int port)
    {
        _container = container;
        Host = new DockerProgramHost(container.Engine, server with { Id = container.Id }, port, ProcessUser.Numbers);
    }

    /// <summary>Runs programs in it, as this process's user; they reach the server as those in the server's own container do.</summary>
    public IProgramHost Host { get; }

    /// <summary>Starts one.</summary>
    /// <param name="docker">The engine.</param>
    /// <param name="server">The server's container.</param>
    /// <param name="port">Port at which the server listens in it.</param>
    /// <param name="folder">The folder of this machine.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null where there can be none: the engine does not see this machine's folders as this process does.</returns>
    public static async Task<ServerCompanion?> StartAsync(
        DockerEngine docker, DeploymentContainer server, int port, string folder, CancellationToken cancellationToken)
    {
        if (!docker.IsLocal || OperatingSystem.IsWindows())
        {
            return null;
        }

        var details = await docker.DescribeAsync(server.Id!, cancellationToken).ConfigureAwait(false);
        ScratchContainer container;
        try
        {
            container = await ScratchContainer.StartAsync(
                docker, details.ImageId, null, [new("bind", folder, Mount, ReadOnly: false)], cancellationToken,
                details.UsesHostNetwork ? "host" : $"container:{server.Id}").ConfigureAwait(false);
        }
        catch (LettaDrException refused) when (refused.Id == "DockerRefused")
        {
            // This process is in a container itself, and the engine knows no such folder.
            return null;
        }

        var companion = new ServerCompanion(container, server, port);
        try
        {
            if (await companion.SharesAsync(folder, cancellationToken).ConfigureAwait(false))
            {
                return companion;
            }
        }
        catch
        {
            await companion.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        await companion.DisposeAsync().ConfigureAwait(false);
        return null;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _container.DisposeAsync();

    /// <summary>Whether what is written there lies here: user namespaces, SELinux or a folder of the same name elsewhere may forbid it.</summary>
    private async Task<bool> SharesAsync(string folder, CancellationToken cancellationToken)
    {
        var name = "probe-" + Guid.NewGuid().ToString("N");
        var (result, _) = await _container.TryShellAsync(
            ": > \"$1\"", [$"{Mount}/{name}"], ProcessUser.Numbers, cancellationToken).ConfigureAwait(false);
        var probe = new FileInfo(Path.Combine(folder, name));
        if (result.ExitCode != 0 || !probe.Exists)
        {
            return false;
        }

        probe.Delete();
        return true;
    }
}
