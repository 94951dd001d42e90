using System.IO.Pipes;

namespace LettaDr.Systems;

/// <summary>A file of a throw-away container being written; whether it was, is known when it is closed.</summary>
internal sealed class ContainerFileStream : WriteOnlyStream
{
    private readonly AnonymousPipeServerStream _pipe = new(PipeDirection.Out);
    private readonly AnonymousPipeClientStream _reading;
    private readonly Task _writing;
    private bool _closed;

    public ContainerFileStream(ScratchContainer container, string path, string user, CancellationToken cancellationToken)
    {
        _reading = new AnonymousPipeClientStream(PipeDirection.In, _pipe.ClientSafePipeHandle);
        _writing = WriteToAsync(container, path, user, cancellationToken);
    }

    public override void Write(ReadOnlySpan<byte> buffer) => _pipe.Write(buffer);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (!_closed)
        {
            _closed = true;
            await _pipe.DisposeAsync().ConfigureAwait(false);
            await _writing.ConfigureAwait(false);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private async Task WriteToAsync(ScratchContainer container, string path, string user, CancellationToken cancellationToken)
    {
        // Closed when nobody reads any more, so that a full pipe breaks instead of waiting for ever.
        await using var closing = _reading.ConfigureAwait(false);
        await container.WriteAsync(path, _reading, user, cancellationToken).ConfigureAwait(false);
    }
}
