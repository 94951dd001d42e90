namespace LettaDr.Systems;

/// <summary>Reads as a tar archive of one file whose content passes through without being held.</summary>
internal sealed class SingleFileTar : Stream
{
    private const int Block = TarHeader.Block;
    private readonly Stream _content;
    private readonly byte[] _header;
    private readonly long _length;
    private readonly long _total;
    private long _position;

    /// <param name="name">Name of the file, up to 100 bytes.</param>
    /// <param name="content">Its bytes; left open.</param>
    /// <param name="length">Exactly how many bytes <paramref name="content"/> gives.</param>
    public SingleFileTar(string name, Stream content, long length)
    {
        _content = content;
        _length = length;
        _header = TarHeader.OfFile(name, length, owner: 0);
        _total = Block + ((length + Block - 1) / Block * Block) + (2 * Block);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => _total;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty || _position == _total)
        {
            return 0;
        }

        int read;
        if (_position < Block)
        {
            read = Math.Min(buffer.Length, Block - (int)_position);
            _header.AsSpan((int)_position, read).CopyTo(buffer.Span);
        }
        else if (_position < Block + _length)
        {
            read = (int)Math.Min(buffer.Length, Block + _length - _position);
            read = await _content.ReadAsync(buffer[..read], cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                throw new EndOfStreamException($"The content ended {Block + _length - _position} bytes before its announced length.");
            }
        }
        else
        {
            read = (int)Math.Min(buffer.Length, _total - _position);
            buffer.Span[..read].Clear();
        }

        _position += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
