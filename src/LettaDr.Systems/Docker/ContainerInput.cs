using System.IO.Pipes;

namespace LettaDr.Systems;

/// <summary>What a container is given to read while it is written; whether it took it, is known when it is closed.</summary>
internal sealed class ContainerInput : WriteOnlyStream
{
    private readonly AnonymousPipeServerStream _pipe = new(PipeDirection.Out);
    private readonly AnonymousPipeClientStream _reading;
    private readonly Task _taking;
    private bool _closed;

    /// <param name="take">Reads it to its end.</param>
    public ContainerInput(Func<Stream, Task> take)
    {
        _reading = new AnonymousPipeClientStream(PipeDirection.In, _pipe.ClientSafePipeHandle);
        _taking = TakeAsync(take);
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            _pipe.Write(buffer);
        }
        catch (IOException)
        {
            // Nobody reads any more, and why not is the better answer.
            _taking.GetAwaiter().GetResult();
            throw;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (!_closed)
        {
            _closed = true;
            await _pipe.DisposeAsync().ConfigureAwait(false);
            await _taking.ConfigureAwait(false);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private async Task TakeAsync(Func<Stream, Task> take)
    {
        // Closed when nobody reads any more, so that a full pipe breaks instead of waiting for ever.
        await using var closing = _reading.ConfigureAwait(false);
        await take(_reading).ConfigureAwait(false);
    }
}
