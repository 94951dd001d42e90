using System.Buffers.Binary;
using System.Text;

namespace LettaDr;

/// <summary>What a record means to whoever recovers a cluster.</summary>
/// <remarks>PostgreSQL's xact.h, pg_control.h, xlog_internal.h, tablespace.h and message.h in src/include.</remarks>
internal static class WalRecordMeaning
{
    private const byte Log = 0;
    private const byte Transactions = 1;
    private const byte Tablespaces = 5;
    private const byte Messages = 21;
    private const long TicksPerMicrosecond = 10;
    private static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The event that a record is; null for the most.</summary>
    public static WalEvent? Of(ReadOnlySpan<byte> record, Lsn start, Lsn end)
    {
        var (manager, info) = (record[17], record[16]);
        var transaction = BinaryPrimitives.ReadUInt32LittleEndian(record[4..]);
        return (manager, manager == Transactions ? info & 0x70 : info & 0xF0) switch
        {
            (Transactions, 0x00) => new WalEvent(start, end, WalEventKind.Commit, transaction, Time(Data(record)), null),
            (Transactions, 0x30) => new WalEvent(
                start, end, WalEventKind.Commit, PreparedCommit.TransactionOf(info, Data(record)), Time(Data(record)), null),
            (Transactions, 0x20 or 0x40) => new WalEvent(start, end, WalEventKind.Abort, transaction, Time(Data(record)), null),
            (Log, 0x70) => new WalEvent(start, end, WalEventKind.RestorePoint, transaction, Time(Data(record)), Name(Data(record)[8..])),
            (Log, 0x40) => new WalEvent(start, end, WalEventKind.Switch, transaction, null, null),
            (Log, 0x00) => new WalEvent(start, end, WalEventKind.Shutdown, transaction, null, null),
            (Log, 0x90) => new WalEvent(start, end, WalEventKind.EndOfRecovery, transaction, Time(Data(record)), null),
            (Tablespaces, 0x00) => new WalEvent(start, end, WalEventKind.Tablespace, transaction, null, Name(Data(record)[4..])),
            (Messages, 0x00) => new WalEvent(start, end, WalEventKind.Message, transaction, null, Message(Data(record))),
            _ => null,
        };
    }

    /// <summary>The main data, which is a record's end; none of the records looked at refers to a block.</summary>
    private static ReadOnlySpan<byte> Data(ReadOnlySpan<byte> record)
    {
        var at = WalRecords.HeaderSize;
        while (at + 5 <= record.Length)
        {
            switch (record[at])
            {
                case 255:
                    return record[^record[at + 1]..];
                case 254:
                    return record[^BinaryPrimitives.ReadInt32LittleEndian(record[(at + 1)..])..];
                case 253:
                    at += 3;
                    break;
                case 252:
                    at += 5;
                    break;
                default:
                    return [];
            }
        }

        return [];
    }

    private static DateTimeOffset? Time(ReadOnlySpan<byte> data) =>
        data.Length >= 8 ? Epoch.AddTicks(BinaryPrimitives.ReadInt64LittleEndian(data) * TicksPerMicrosecond) : null;

    private static string Name(ReadOnlySpan<byte> field) =>
        Encoding.UTF8.GetString(field.IndexOf((byte)0) is >= 0 and var length ? field[..length] : field);

    private static string Message(ReadOnlySpan<byte> data)
    {
        var prefix = (int)BinaryPrimitives.ReadInt64LittleEndian(data[8..]);
        return $"{Name(data.Slice(24, prefix))}: {Encoding.UTF8.GetString(data[(24 + prefix)..])}";
    }
}
