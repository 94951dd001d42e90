using System.Buffers.Binary;
using System.Text;

namespace LettaDr.Systems;

/// <summary>Passes a tar archive of pg_basebackup on, and keeps a copy of the manifest that it puts last; leaves the destination open.</summary>
internal sealed class ManifestTap(Stream destination, Action<long> onBytes) : WriteOnlyStream
{
    private const int Block = 512;

    private readonly byte[] _header = new byte[Block];
    private readonly MemoryStream _manifest = new();
    private int _headerLength;
    private long _content;
    private long _padding;
    private bool _isManifest;

    /// <summary>The manifest; empty while it has not come.</summary>
    public byte[] Manifest => _manifest.ToArray();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        destination.Write(buffer);
        onBytes(buffer.Length);
        while (!buffer.IsEmpty)
        {
            buffer = buffer[Take(buffer)..];
        }
    }

    private int Take(ReadOnlySpan<byte> buffer)
    {
        int taken;
        if (_content > 0)
        {
            taken = (int)Math.Min(_content, buffer.Length);
            _content -= taken;
            if (_isManifest)
            {
                _manifest.Write(buffer[..taken]);
            }
        }
        else if (_padding > 0)
        {
            taken = (int)Math.Min(_padding, buffer.Length);
            _padding -= taken;
        }
        else
        {
            taken = Math.Min(Block - _headerLength, buffer.Length);
            buffer[..taken].CopyTo(_header.AsSpan(_headerLength));
            _headerLength += taken;
            if (_headerLength == Block)
            {
                _headerLength = 0;
                Begin();
            }
        }

        return taken;
    }

    private void Begin()
    {
        var name = _header.AsSpan(0, 100);
        _isManifest = name[..name.IndexOf((byte)0)].SequenceEqual("backup_manifest"u8);
        // PostgreSQL writes the binary form for what eleven octal digits cannot say; blocks of zeros at the end have no size.
        _content = _header[124] >= 0x80
            ? BinaryPrimitives.ReadInt64BigEndian(_header.AsSpan(128))
            : Encoding.ASCII.GetString(_header.AsSpan(124, 12)).Trim('\0', ' ') is { Length: > 0 } digits ? Convert.ToInt64(digits, 8) : 0;
        _padding = (Block - (_content % Block)) % Block;
    }
}
