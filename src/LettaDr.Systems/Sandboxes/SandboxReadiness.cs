using System.Globalization;

namespace LettaDr.Systems;

/// <summary>Waits until a container of a sandbox does its work, or tells why it never will.</summary>
internal sealed class SandboxReadiness(DockerEngine engine)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    /// <summary>Sees that a container runs still, with its log if not.</summary>
    internal async Task RunningAsync(DeploymentContainer container, CancellationToken cancellationToken)
    {
        if (!container.IsRunning)
        {
            throw await FailedAsync(container, "stopped again", cancellationToken);
        }
    }

    /// <summary>Waits until <paramref name="command"/>, run inside, succeeds.</summary>
    internal Task CommandAsync(string container, IReadOnlyList<string> command, CancellationToken cancellationToken) => PollAsync(
        container,
        async token =>
        {
            var result = await engine.ExecAsync(container, command, null, null, null, null, token);
            // Docker says the same of a container that is stopping.
            return result.ExitCode is 126 or 127 && await engine.InspectAsync(container, token) is { IsRunning: true } running
                ? throw await FailedAsync(running, $"has no program {command[0]}", token)
                : result.ExitCode == 0;
        },
        cancellationToken);

    /// <summary>Waits until <paramref name="address"/> answers with success.</summary>
    internal async Task HttpAsync(string container, Uri address, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        await PollAsync(
            container,
            async token =>
            {
                try
                {
                    using var response = await http.GetAsync(address, token);
                    return response.IsSuccessStatusCode;
                }
                catch (Exception exception)
                    when (exception is HttpRequestException or TaskCanceledException && !token.IsCancellationRequested)
                {
                    return false;
                }
            },
            cancellationToken);
    }

    private async Task PollAsync(string container, Func<CancellationToken, Task<bool>> isReady, CancellationToken cancellationToken)
    {
        for (var started = DateTime.UtcNow; ; await Task.Delay(Pause, cancellationToken))
        {
            try
            {
                if (await isReady(cancellationToken))
                {
                    return;
                }
            }
            catch (LettaDrException fault) when (fault.Id.StartsWith("Docker", StringComparison.Ordinal))
            {
                // A program cannot be run in a container that has stopped; what follows finds that out.
            }

            var state = await engine.DescribeAsync(container, cancellationToken);
            if (!state.Container.IsRunning)
            {
                throw await FailedAsync(state.Container, "stopped again", cancellationToken);
            }

            if (DateTime.UtcNow - started > Limit)
            {
                var seconds = Limit.TotalSeconds.ToString(CultureInfo.InvariantCulture);
                throw await FailedAsync(state.Container, $"was not ready within {seconds} s", cancellationToken);
            }
        }
    }

    private async Task<LettaDrException> FailedAsync(DeploymentContainer container, string what, CancellationToken cancellationToken)
    {
        var log = await engine.Containers.LastLogLinesAsync(container.Id!, 5, cancellationToken);
        return new LettaDrException(
            "SandboxNotReady", FaultKind.OperationFailed,
            $"The container {container.Name} ({container.Image}) {what}; its log ends with: {(log.Count == 0 ? "(nothing)" : log[^1])}",
            "See that the image is what it should be and that the machine has memory and disk to spare, then try again.", container.Name);
    }
}
