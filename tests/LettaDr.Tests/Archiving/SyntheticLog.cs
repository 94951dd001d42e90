using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace LettaDr.Tests;

/// <summary>Writes log as PostgreSQL does, in segments of 64 KiB, and is the archive that holds it.</summary>
internal sealed class SyntheticLog : IWalArchive
{
    public const int SegmentSize = 64 << 10;
    private const int PageSize = 8192;
    private const ulong System = 7_000_000_000_000_000_001;
    private static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<TimelineHistory> _histories = [];
    private ulong _at = SegmentSize;
    private ulong _previous;
    private uint _timeline = 1;
    private (ulong At, ulong Previous, uint Timeline) _left;

    public Dictionary<string, byte[]> Contents { get; } = [];

    public HashSet<string> Partials { get; } = [];

    public string Location => "memory";

    public string SystemIdentifier => System.ToString(CultureInfo.InvariantCulture);

    public static Lsn Begin => new(SegmentSize);

    public Lsn End => new(_at);

    public string Current => new WalSegment(_timeline, _at / SegmentSize, SegmentSize).Name;

    public TimelineHistory History => _histories.LastOrDefault() ?? new TimelineHistory { Timeline = 1 };

    public IReadOnlyList<WalFile> Files() =>
        [.. Contents.Keys.Order(StringComparer.Ordinal).Select(name => WalSegment.TryParse(name, SegmentSize, out var segment)
            ? new WalFile(segment, name, SegmentSize, Partials.Contains(name), default) : throw new InvalidOperationException(name))];

    public IReadOnlyList<TimelineHistory> Histories() => _histories;

    public Stream OpenContent(WalFile file) => new MemoryStream(Contents[file.FileName], writable: false);

    /// <summary>A transaction that commits.</summary>
    public Lsn Commit(DateTimeOffset time, uint transaction = 1) => Append(1, 0x00, Time(time), transaction);

    public Lsn RestorePoint(string name, DateTimeOffset time) => Append(0, 0x70, [.. Time(time), .. Encoding.UTF8.GetBytes(name.PadRight(64, '\0'))]);

    public Lsn Tablespace(string folder) => Append(5, 0x00, [.. BitConverter.GetBytes(16388), .. Encoding.UTF8.GetBytes(folder + '\0')]);

    /// <summary>A record of so many bytes that mean nothing to us.</summary>
    public Lsn Fill(int bytes) => Append(10, 0x20, new byte[bytes].Select((_, index) => (byte)(index * 7)).ToArray());

    public Lsn Switch()
    {
        Append(0, 0x40, []);
        _at = (_at + SegmentSize - 1) / SegmentSize * SegmentSize;
        return End;
    }

    /// <summary>Begins the next timeline here, in a copy of the segment.</summary>
    public void Promote()
    {
        var old = Current;
        _left = (_at, _previous, _timeline);
        _histories.Add(new TimelineHistory { Timeline = _timeline + 1, Switches = [.. History.Switches, new TimelineSwitch(_timeline, End, "test")] });
        _timeline++;
        if (Contents.TryGetValue(old, out var content))
        {
            Partials.Add(old);
            Contents[Current] = [.. content];
        }
    }

    /// <summary>Goes on where the timeline was left, as a server does whose restore was undone.</summary>
    public void Undo() => (_at, _previous, _timeline) = _left;

    public static (ulong, int) Place(Lsn lsn) => (lsn.Value / SegmentSize, (int)(lsn.Value % SegmentSize));

    private static byte[] Time(DateTimeOffset time)
    {
        var data = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(data, (time - Epoch).Ticks / 10);
        return data;
    }

    private Lsn Append(byte manager, byte info, byte[] data, uint transaction = 0)
    {
        byte[] header = data.Length switch { 0 => [], < 256 => [255, (byte)data.Length], _ => [254, .. BitConverter.GetBytes(data.Length)] };
        var record = new byte[24 + header.Length + data.Length];
        header.CopyTo(record, 24);
        data.CopyTo(record, 24 + header.Length);
        BinaryPrimitives.WriteInt32LittleEndian(record, record.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(4), transaction);
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(8), _previous);
        (record[16], record[17]) = (info, manager);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(20), ~record[24..].Concat(record[..20]).Aggregate(uint.MaxValue, BitOperations.Crc32C));
        Write(record);
        return End;
    }

    private void Write(byte[] record)
    {
        for (var done = 0; done < record.Length;)
        {
            var room = PageSize - (int)(_at % PageSize);
            if (room == PageSize)
            {
                BeginPage(record.Length - done, continued: done > 0);
                continue;
            }

            _previous = done == 0 ? _at : _previous;
            var length = Math.Min(room, record.Length - done);
            record.AsSpan(done, length).CopyTo(Contents[Current].AsSpan((int)(_at % SegmentSize)));
            (done, _at) = (done + length, _at + (ulong)length);
        }

        _at = (_at + 7) & ~7UL;
    }

    private void BeginPage(int remaining, bool continued)
    {
        var first = _at % SegmentSize == 0;
        var page = (Contents.TryGetValue(Current, out var segment) ? segment : Contents[Current] = new byte[SegmentSize]).AsSpan((int)(_at % SegmentSize));
        BinaryPrimitives.WriteUInt16LittleEndian(page, 0xD116);
        BinaryPrimitives.WriteUInt16LittleEndian(page[2..], (ushort)((continued ? 1 : 0) | (first ? 2 : 0)));
        BinaryPrimitives.WriteUInt32LittleEndian(page[4..], _timeline);
        BinaryPrimitives.WriteUInt64LittleEndian(page[8..], _at);
        BinaryPrimitives.WriteInt32LittleEndian(page[16..], continued ? remaining : 0);
        if (first)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(page[24..], System);
            BinaryPrimitives.WriteInt32LittleEndian(page[32..], SegmentSize);
            BinaryPrimitives.WriteInt32LittleEndian(page[36..], PageSize);
        }

        _at += first ? 40u : 24u;
    }
}
