using System.Buffers.Binary;

namespace LettaDr;

/// <summary>The record by which a prepared transaction commits: it is written by another session, and names the transaction in its content.</summary>
/// <remarks>PostgreSQL's ParseCommitRecord in src/backend/access/rmgrdesc/xactdesc.c.</remarks>
internal static class PreparedCommit
{
    private const byte HasInfo = 0x80;
    private const uint HasDatabase = 1;
    private const uint HasTwoPhase = 1 << 4;

    // What may stand before the number: flag, and bytes of each item of a list that its count precedes.
    private static readonly (uint Flag, int Size)[] Lists = [(1 << 1, 4), (1 << 2, 12), (1 << 8, 12), (1 << 3, 16)];

    /// <summary>The transaction; 0 where the record does not tell.</summary>
    /// <param name="info">The record's flags.</param>
    /// <param name="data">Its main data.</param>
    public static uint TransactionOf(byte info, ReadOnlySpan<byte> data)
    {
        if ((info & HasInfo) == 0 || data.Length < 12)
        {
            return 0;
        }

        var contents = BinaryPrimitives.ReadUInt32LittleEndian(data[8..]);
        var at = 12 + ((contents & HasDatabase) != 0 ? 8 : 0);
        foreach (var (flag, size) in Lists)
        {
            if ((contents & flag) != 0)
            {
                at += at + 4 <= data.Length ? 4 + (BinaryPrimitives.ReadInt32LittleEndian(data[at..]) * size) : data.Length;
            }
        }

        return (contents & HasTwoPhase) != 0 && at >= 0 && at + 4 <= data.Length ? BinaryPrimitives.ReadUInt32LittleEndian(data[at..]) : 0;
    }
}
