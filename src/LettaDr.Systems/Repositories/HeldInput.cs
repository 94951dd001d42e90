namespace LettaDr.Systems;

/// <summary>What a program reads that is to wait: nothing comes until <see cref="Release"/>, and its end after that.</summary>
internal sealed class HeldInput : Stream
{
    private readonly TaskCompletionSource<byte[]> _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _given;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Gives the last words, and the end.</summary>
    public void Release(ReadOnlySpan<byte> lastWords) => _released.TrySetResult(lastWords.ToArray());

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var words = await _released.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        var count = Math.Min(words.Length - _given, buffer.Length);
        words.AsMemory(_given, count).CopyTo(buffer);
        _given += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
