using System.Globalization;
using System.Text;

namespace LettaDr.Systems;

/// <summary>Runs PostgreSQL's programs in the database's own container, where their version always matches the server's.</summary>
/// <param name="docker">The engine.</param>
/// <param name="container">The container.</param>
/// <param name="serverPort">Port at which the server listens in it.</param>
/// <param name="user">User to run them as; null means the container's.</param>
internal sealed class DockerProgramHost(DockerEngine docker, DeploymentContainer container, int serverPort, string? user = null) : IProgramHost
{
    private static readonly Dictionary<string, string> NoEnvironment = [];

    public string Name => $"container {container.Name}";

    public string ServerHost => "127.0.0.1";

    public int ServerPort => serverPort;

    public async Task<(long ExitCode, string StandardError)> RunAsync(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, Stream? input, Stream? output,
        CancellationToken cancellationToken)
    {
        var result = await docker.ExecAsync(
            container.Id!, command, environment, input, output, user, cancellationToken).ConfigureAwait(false);
        return (result.ExitCode, result.StandardError);
    }

    public async Task UnstageOrphansAsync(IReadOnlyCollection<string> livingOperations, CancellationToken cancellationToken) => await RunAsync(
        ["sh", "-c", "for file in /tmp/lettadr-*; do for id; do case $file in *\"-$id-\"*) continue 2 ;; esac; done; rm -rf -- \"$file\"; done", "sh", .. livingOperations],
        NoEnvironment, null, null, cancellationToken).ConfigureAwait(false);

    public async Task<string> StageAsync(Stream content, string operationId, CancellationToken cancellationToken)
    {
        // Through a shell rather than Docker's archive call: that one cannot write to a tmpfs, which /tmp may be.
        var path = $"/tmp/lettadr-{operationId}-{Guid.NewGuid():N}";
        long exitCode;
        string error;
        try
        {
            (exitCode, error) = await RunAsync(
                ["sh", "-c", $"umask 077 && exec cat > {path}"], NoEnvironment, content, null, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await UnstageAsync(path).ConfigureAwait(false);
            throw;
        }

        if (exitCode == 0)
        {
            return path;
        }

        await UnstageAsync(path).ConfigureAwait(false);
        throw new LettaDrException(
            "StagingFailed", FaultKind.InsufficientResources,
            $"The archive could not be put into /tmp of {Name}: {error.Trim()}",
            "Free some space in that container's /tmp and run the command again.", container.Name);
    }

    public async Task UnstageAsync(string path)
    {
        try
        {
            await RunAsync(["rm", "-rf", path], NoEnvironment, null, null, CancellationToken.None).ConfigureAwait(false);
        }
        catch (LettaDrException)
        {
            // The container has stopped: why is told by whatever was going on in it, and the next restore removes the file.
        }
    }

    public async Task<long?> FreeBytesAsync(string path, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        var (exitCode, _) = await RunAsync(["df", "-Pk", path], NoEnvironment, null, output, cancellationToken).ConfigureAwait(false);
        var lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var fields = lines.LastOrDefault()?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return exitCode == 0 && fields?.Length >= 4 && long.TryParse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture, out var blocks)
            ? blocks * 1024
            : null;
    }
}
