using System.Text;

namespace LettaDr.Systems;

/// <summary>A throw-away container without a network, in which nothing runs but what it is told to; removed when disposed of.</summary>
internal sealed class ScratchContainer : IAsyncDisposable
{
    private const string FailedId = "ScratchContainerFailed";
    private const string FailedRemedy = "See that Docker's disk and the volume that is worked on have space to spare.";
    private static readonly string[] Idle = ["tail", "-f", "/dev/null"];

    private bool _removed;

    private ScratchContainer(DockerEngine engine, string id) => (Engine, Id) = (engine, id);

    /// <summary>Docker's identifier.</summary>
    public string Id { get; }

    /// <summary>The engine that runs it.</summary>
    public DockerEngine Engine { get; }

    /// <summary>Starts one, after removing those of dead processes.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="image">Its image; it must bring a shell.</param>
    /// <param name="name">A name that only one at a time can bear; null lets Docker choose.</param>
    /// <param name="volumes">What it mounts.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="network">A network that it needs to reach what it is to read.</param>
    /// <exception cref="LettaDrException">The image is not there, or the name is taken.</exception>
    public static async Task<ScratchContainer> StartAsync(
        DockerEngine engine, string image, string? name, IReadOnlyList<ContainerVolume> volumes, CancellationToken cancellationToken, string network = "none")
    {
        await ScratchContainers.SweepAsync(engine, cancellationToken).ConfigureAwait(false);
        var id = await engine.Containers.RunAsync(
            new DockerRunRequest
            {
                Image = image, Name = name, Volumes = volumes, Network = network, Entrypoint = Idle[..1], Command = Idle[1..], User = "0:0",
                Labels = ScratchContainers.Labels(),
            },
            cancellationToken).ConfigureAwait(false);
        return new ScratchContainer(engine, id);
    }

    /// <summary>Runs a shell script that ends at its first failure; its output.</summary>
    /// <param name="script">For <c>sh</c>; it sees the arguments as <c>$1</c> and on.</param>
    /// <param name="arguments">Taken as they are.</param>
    /// <param name="user">User to run as; null is root.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LettaDrException">It failed.</exception>
    public async Task<string> ShellAsync(string script, IReadOnlyList<string> arguments, string? user, CancellationToken cancellationToken)
    {
        var (result, output) = await TryShellAsync(script, arguments, user, cancellationToken).ConfigureAwait(false);
        return result.ExitCode == 0 ? output : throw Failed(result, Id);
    }

    /// <summary>As <see cref="ShellAsync"/>, for who can tell one failure from another.</summary>
    public async Task<(DockerExecResult Result, string Output)> TryShellAsync(
        string script, IReadOnlyList<string> arguments, string? user, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        var result = await Engine.ExecAsync(
            Id, ["sh", "-euc", script, "sh", .. arguments], null, null, output, user, cancellationToken).ConfigureAwait(false);
        return (result, Encoding.UTF8.GetString(output.ToArray()));
    }

    /// <summary>Tells how what ran in it failed.</summary>
    public static LettaDrException Failed(DockerExecResult result, string id) => new(
        FailedId, FaultKind.OperationFailed,
        $"A throw-away container could not do its work (exit code {result.ExitCode}): {result.StandardError.Trim()}.",
        FailedRemedy, id);

    /// <summary>Writes a file that its owner alone can read, in a folder that is made if need be.</summary>
    public async Task WriteAsync(string path, Stream content, string? user, CancellationToken cancellationToken)
    {
        var result = await Engine.ExecAsync(
            Id, ["sh", "-euc", "umask 077; mkdir -p \"${1%/*}\"; cat > \"$1\"", "sh", path], null, content, null, user, cancellationToken).ConfigureAwait(false);
        if (result.ExitCode != 0)
        {
            throw Failed(result, Id);
        }
    }

    /// <summary>Unpacks a tar archive in a folder that is there.</summary>
    public async Task UnpackAsync(string folder, Stream tar, string? user, CancellationToken cancellationToken)
    {
        var result = await Engine.ExecAsync(
            Id, ["tar", "-x", "-f", "-", "-C", folder], null, tar, null, user, cancellationToken).ConfigureAwait(false);
        if (result.ExitCode != 0)
        {
            throw Failed(result, Id);
        }
    }

    /// <summary>Has Docker unpack a tar archive in a folder that is there, without a program of the container.</summary>
    public async Task ExtractAsync(string folder, Stream tar, CancellationToken cancellationToken)
    {
        try
        {
            await Engine.ExtractAsync(Id, folder, tar, cancellationToken).ConfigureAwait(false);
        }
        catch (LettaDrException refused) when (refused.Id == "DockerRefused")
        {
            throw new LettaDrException(
                FailedId, FaultKind.OperationFailed, $"A throw-away container did not take its files. {refused.Message}", FailedRemedy, Id, refused);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_removed)
        {
            await Engine.Containers.RemoveAsync(Id, volumes: true, CancellationToken.None).ConfigureAwait(false);
            _removed = true;
        }
    }
}
