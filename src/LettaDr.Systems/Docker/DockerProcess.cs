using Docker.DotNet;
using Docker.DotNet.Models;

namespace LettaDr.Systems;

/// <summary>A program that runs in a container by way of Docker's exec: waiting for its end, and bringing it about.</summary>
/// <remarks>
/// Signals go to the program's process group, children before parent, from inside the container, where its number means the
/// same whatever namespaces lie between this machine and the engine.
/// </remarks>
internal sealed class DockerProcess(DockerClient client, string containerId, string? user, string execId)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Waits until the program has ended and gives its exit code.</summary>
    public async Task<long> WaitForEndAsync(CancellationToken cancellationToken)
    {
        for (var delay = 2; ; delay = Math.Min(delay * 2, 250))
        {
            var state = await client.Exec.InspectContainerExecAsync(execId, cancellationToken).ConfigureAwait(false);
            if (!state.Running)
            {
                return state.ExitCode;
            }

            await Task.Delay(delay, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the program and its children, and returns when they have ended.</summary>
    /// <param name="processNumber">The program's number inside the container, as soon as it is known.</param>
    /// <exception cref="LettaDrException">It could not be ended.</exception>
    public async Task KillAsync(Task<int?> processNumber)
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var number = await processNumber.WaitAsync(limit.Token).ConfigureAwait(false);
            if (number is { } process)
            {
                await SignalAsync("TERM", process, limit.Token).ConfigureAwait(false);
                var ended = WaitForEndAsync(limit.Token);
                await Task.WhenAny(ended, Task.Delay(Grace, limit.Token)).ConfigureAwait(false);

                // Also when the program itself has ended: a child of it may have ignored the first signal.
                await SignalAsync("KILL", process, limit.Token).ConfigureAwait(false);
                await ended.ConfigureAwait(false);
            }

            await WaitForEndAsync(limit.Token).ConfigureAwait(false);
        }
        catch (DockerApiException exception)
        {
            // The container has stopped or is gone, and its programs with it; or it is paused, and they are not.
            if (await IsPausedAsync().ConfigureAwait(false))
            {
                throw NotStopped(exception);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException || DockerFaults.IsTransport(exception))
        {
            throw NotStopped(exception);
        }
    }

    private async Task<bool> IsPausedAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(Grace);
            var container = await client.Containers.InspectContainerAsync(containerId, limit.Token).ConfigureAwait(false);
            return container.State.Paused;
        }
        catch (DockerApiException)
        {
            return false;
        }
    }

    private LettaDrException NotStopped(Exception cause) => new(
        "DockerProgramNotStopped", FaultKind.OperationFailed,
        $"A program in container {containerId} could not be stopped and may still run.",
        "Look for it with 'docker top' and end it there.", innerException: cause);

    // Children first, and their parent once they are gone: an orphan becomes a child of the container's first process, and
    // PostgreSQL, being that, takes one that died of a signal for a crashed backend and restarts itself with every session.
    private static string SignalScript(string signal, int process) =>
        $$"""
        children() {
            for stat in /proc/[0-9]*/stat; do
                read -r line 2>/dev/null < "$stat" || continue
                id=${line%% *}
                set -- ${line##*) }
                [ "$3" = {{process}} ] && [ "$id" != {{process}} ] && echo "$id"
            done
        }
        alive=$(children 2>/dev/null)
        [ -n "$alive" ] && kill -s {{signal}} $alive 2>/dev/null
        for wait in 1 2 3 4 5 6 7 8 9 10; do
            [ -z "$(children 2>/dev/null)" ] && break
            sleep 0.1
        done
        kill -s {{signal}} {{process}} 2>/dev/null
        """;

    private async Task SignalAsync(string signal, int process, CancellationToken cancellationToken)
    {
        var created = await client.Exec.ExecCreateContainerAsync(
            containerId,
            new ContainerExecCreateParameters
            {
                User = user,
                AttachStdout = true,
                Cmd = ["sh", "-c", SignalScript(signal, process)],
            },
            cancellationToken).ConfigureAwait(false);
        using var stream = await client.Exec.StartAndAttachContainerExecAsync(created.ID, tty: false, cancellationToken).ConfigureAwait(false);
        await stream.CopyOutputToAsync(Stream.Null, Stream.Null, Stream.Null, cancellationToken).ConfigureAwait(false);
    }
}
