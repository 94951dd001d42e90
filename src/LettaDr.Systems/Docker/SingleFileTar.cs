using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace LettaDr.Systems;

/// <summary>Reads as a tar archive of one file whose content passes through without being held.</summary>
internal sealed class SingleFileTar : Stream
{
    private const int Block = 512;
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
        _header = Header(name, length);
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

    private static byte[] Header(string name, long length)
    {
        var header = new byte[Block];
        var nameBytes = Encoding.UTF8.GetBytes(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nameBytes.Length, 100, nameof(name));
        nameBytes.CopyTo(header, 0);
        Octal(header.AsSpan(100, 8), 384); // 0600
        Octal(header.AsSpan(108, 8), 0);
        Octal(header.AsSpan(116, 8), 0);
        if (length < 1L << 33)
        {
            Octal(header.AsSpan(124, 12), length);
        }
        else
        {
            // GNU's binary form, for what eleven octal digits cannot say.
            header[124] = 0x80;
            BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(128, 8), length);
        }

        Octal(header.AsSpan(136, 12), DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        header[156] = (byte)'0';
        "ustar  \0"u8.CopyTo(header.AsSpan(257));
        header.AsSpan(148, 8).Fill((byte)' ');
        var sum = 0;
        foreach (var value in header)
        {
            sum += value;
        }

        Octal(header.AsSpan(148, 7), sum);
        return header;
    }

    private static void Octal(Span<byte> field, long value) =>
        Encoding.ASCII.GetBytes(
            Convert.ToString(value, 8).PadLeft(field.Length - 1, '0').ToString(CultureInfo.InvariantCulture), field[..^1]);
}
