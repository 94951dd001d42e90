using System.Buffers.Binary;
using System.Numerics;

namespace LettaDr;

/// <summary>CRC-32C, which PostgreSQL seals its log and its copies with.</summary>
internal static class Castagnoli
{
    /// <summary>What <see cref="Add"/> begins with; the checksum is the complement of what it ends with.</summary>
    public const uint Start = uint.MaxValue;

    /// <summary>Goes on with more bytes.</summary>
    public static uint Add(uint sum, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= 8)
        {
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }

        foreach (var value in bytes)
        {
            sum = BitOperations.Crc32C(sum, value);
        }

        return sum;
    }
}
