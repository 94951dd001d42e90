using System.Buffers;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace LettaDr.Systems;

/// <summary>One program run inside a container, its streams, and its end.</summary>
/// <remarks>
/// Docker can start a program in a container but not end it: closing the connection leaves it running. So a shell writes its
/// process number first and then becomes the program, and <see cref="DockerProcess"/> ends it by that number.
/// </remarks>
internal sealed class DockerExec(DockerClient client, string containerId, string? user)
{
    private const int BufferSize = 128 * 1024;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private readonly ExecErrorText _error = new();

    /// <summary>What failed on the caller's side of the streams, to be thrown as it is; null when nothing did.</summary>
    public Exception? CallerFault { get; private set; }

    /// <summary>Runs the program to its end; the result means nothing when <see cref="CallerFault"/> is set.</summary>
    public async Task<DockerExecResult> RunAsync(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment,
        Stream? standardInput, Stream? standardOutput, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var work = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var reading = new CancellationTokenSource();

        // Not cancelled by the caller's token: between Docker's starting the program and our hearing of it, nobody could end it.
        using var starting = new CancellationTokenSource(StartLimit);
        var id = await CreateAsync(command, environment, standardInput is not null, starting.Token).ConfigureAwait(false);
        using var stream = await client.Exec.StartAndAttachContainerExecAsync(id, tty: false, starting.Token).ConfigureAwait(false);

        var process = new DockerProcess(client, containerId, user, id);
        var output = ReadAsync(stream, standardOutput ?? Stream.Null, standardInput is not null, work, reading.Token);
        var input = standardInput is null ? Task.CompletedTask : FeedAsync(stream, standardInput, work);
        try
        {
            await output.WaitAsync(work.Token).ConfigureAwait(false);
            var exitCode = await process.WaitForEndAsync(work.Token).ConfigureAwait(false);
            return new DockerExecResult(exitCode, _error.ToString());
        }
        catch (Exception exception) when (exception is OperationCanceledException || DockerFaults.IsTransport(exception))
        {
            await process.KillAsync(_error.ProcessNumber).ConfigureAwait(false);
            if (CallerFault is null)
            {
                throw;
            }

            return new DockerExecResult(-1, _error.ToString());
        }
        finally
        {
            // Whoever still reads or feeds has nobody left to talk to.
            await work.CancelAsync().ConfigureAwait(false);
            reading.CancelAfter(Grace);
            await Task.WhenAll(output, input).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<string> CreateAsync(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment, bool feeds, CancellationToken cancellationToken)
    {
        var created = await client.Exec.ExecCreateContainerAsync(
            containerId,
            new ContainerExecCreateParameters
            {
                AttachStdin = feeds,
                AttachStdout = true,
                AttachStderr = true,
                User = user,
                Env = environment?.Select(pair => $"{pair.Key}={pair.Value}").ToList(),
                Cmd = ["sh", "-c", $"echo {ExecErrorText.Mark}$$ >&2; exec \"$@\"", "sh", .. command],
            },
            cancellationToken).ConfigureAwait(false);
        return created.ID;
    }

    /// <summary>Reads until the program closes its output, even when nobody takes it any more: its process number may still come.</summary>
    private async Task ReadAsync(
        MultiplexedStream stream, Stream standardOutput, bool feeds, CancellationTokenSource work, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (true)
            {
                MultiplexedStream.ReadResult read;
                try
                {
                    read = await stream.ReadOutputAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false);
                }
                catch (Exception reset) when (feeds && DockerFaults.IsTransport(reset))
                {
                    // The engine resets a stream that is still being fed when the program ends; its exit code tells the rest.
                    return;
                }

                if (read.EOF)
                {
                    return;
                }

                if (read.Target != MultiplexedStream.TargetStream.StandardOut)
                {
                    _error.Append(buffer.AsSpan(0, read.Count));
                }
                else if (!work.IsCancellationRequested)
                {
                    await DeliverAsync(standardOutput, buffer.AsMemory(0, read.Count), work).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            _error.Complete();
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task DeliverAsync(Stream standardOutput, ReadOnlyMemory<byte> bytes, CancellationTokenSource work)
    {
        try
        {
            await standardOutput.WriteAsync(bytes, work.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (work.IsCancellationRequested)
        {
            // Being stopped; the rest is read and dropped.
        }
        catch (Exception exception)
        {
            CallerFault ??= exception;
            await work.CancelAsync().ConfigureAwait(false);
        }
    }

    private async Task FeedAsync(MultiplexedStream stream, Stream standardInput, CancellationTokenSource work)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (true)
            {
                var count = await standardInput.ReadAsync(buffer, work.Token).ConfigureAwait(false);
                try
                {
                    if (count == 0)
                    {
                        stream.CloseWrite();
                        return;
                    }

                    await stream.WriteAsync(buffer, 0, count, work.Token).ConfigureAwait(false);
                }
                catch (Exception exception) when (DockerFaults.IsTransport(exception))
                {
                    // The program closed its input before the end, as head does; its exit code tells whether that is a failure.
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (work.IsCancellationRequested)
        {
            // Being stopped, or the program ended without reading everything.
        }
        catch (Exception exception)
        {
            CallerFault ??= exception;
            await work.CancelAsync().ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
