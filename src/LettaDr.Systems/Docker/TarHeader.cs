using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace LettaDr.Systems;

/// <summary>The block before a file or a folder in a tar archive, which its owner alone may use.</summary>
internal static class TarHeader
{
    /// <summary>Bytes of a header, and what every file's content is filled up to.</summary>
    public const int Block = 512;

    /// <summary>The header of a file.</summary>
    /// <param name="name">Its name, up to 100 bytes.</param>
    /// <param name="length">Bytes of its content.</param>
    /// <param name="owner">User and group by number.</param>
    public static byte[] OfFile(string name, long length, int owner) => Write(name, length, owner, '0', 384); // 0600

    /// <summary>The header of a folder.</summary>
    /// <param name="name">Its name, up to 99 bytes.</param>
    /// <param name="owner">User and group by number.</param>
    public static byte[] OfFolder(string name, int owner) => Write(name + '/', 0, owner, '5', 448); // 0700

    /// <summary>Zeros behind a content of so many bytes.</summary>
    public static int Padding(long length) => (int)((Block - (length % Block)) % Block);

    private static byte[] Write(string name, long length, int owner, char type, int mode)
    {
        var header = new byte[Block];
        var nameBytes = Encoding.UTF8.GetBytes(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nameBytes.Length, 100, nameof(name));
        nameBytes.CopyTo(header, 0);
        Octal(header.AsSpan(100, 8), mode);
        Octal(header.AsSpan(108, 8), owner);
        Octal(header.AsSpan(116, 8), owner);
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
        header[156] = (byte)type;
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
