using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace LettaDr.Systems.Tests;

/// <summary>Binary COPY written and read the straightforward way, as PostgreSQL's manual has it, to judge the fast way by.</summary>
internal static class CopyBytes
{
    private static readonly byte[] Signature = [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00];

    /// <summary>A whole stream; a field that is null is NULL.</summary>
    public static byte[] Stream(IEnumerable<string?[]> rows, byte[]? headerExtension = null)
    {
        using var stream = new MemoryStream();
        stream.Write(Signature);
        WriteInt32(stream, 0);
        WriteInt32(stream, headerExtension?.Length ?? 0);
        stream.Write(headerExtension ?? []);
        foreach (var row in rows)
        {
            stream.Write(Row(row));
        }

        WriteInt16(stream, -1);
        return stream.ToArray();
    }

    public static byte[] Row(string?[] fields)
    {
        using var stream = new MemoryStream();
        WriteInt16(stream, (short)fields.Length);
        foreach (var field in fields)
        {
            var bytes = field is null ? [] : Encoding.UTF8.GetBytes(field);
            WriteInt32(stream, field is null ? -1 : bytes.Length);
            stream.Write(bytes);
        }

        return stream.ToArray();
    }

    /// <summary>The rows of a stream, each with its bytes and its fields.</summary>
    public static List<(byte[] Bytes, byte[]?[] Fields)> Rows(byte[] stream)
    {
        Assert.Equal(Signature, stream[..Signature.Length]);
        var position = 19 + BinaryPrimitives.ReadInt32BigEndian(stream.AsSpan(15));
        var rows = new List<(byte[], byte[]?[])>();
        while (true)
        {
            var start = position;
            var count = BinaryPrimitives.ReadInt16BigEndian(stream.AsSpan(position));
            position += 2;
            if (count == -1)
            {
                Assert.Equal(stream.Length, position);
                return rows;
            }

            var fields = new byte[]?[count];
            for (var i = 0; i < count; i++)
            {
                var length = BinaryPrimitives.ReadInt32BigEndian(stream.AsSpan(position));
                position += 4;
                fields[i] = length < 0 ? null : stream[position..(position + length)];
                position += Math.Max(0, length);
            }

            rows.Add((stream[start..position], fields));
        }
    }

    /// <summary>The sum of the rows' hashes, one row after another.</summary>
    public static Fingerprint Fingerprint(IEnumerable<byte[]> rows)
    {
        var (count, sum) = (0L, UInt128.Zero);
        foreach (var row in rows)
        {
            count++;
            sum = unchecked(sum + XxHash128.HashToUInt128(row));
        }

        return new Fingerprint(count, sum);
    }

    private static void WriteInt16(Stream stream, short value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteInt16BigEndian(bytes, value);
        stream.Write(bytes);
    }

    private static void WriteInt32(Stream stream, int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        stream.Write(bytes);
    }
}
