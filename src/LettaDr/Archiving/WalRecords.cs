using System.Buffers.Binary;

namespace LettaDr;

/// <summary>Reads the records of the log one after the other, each with its checksum.</summary>
/// <remarks>PostgreSQL's src/include/access/xlogrecord.h and src/backend/access/transam/xlogreader.c.</remarks>
internal sealed class WalRecords(WalPages pages, Lsn start)
{
    /// <summary>Bytes of a record's header.</summary>
    public const int HeaderSize = 24;

    private const int LargestRecord = 1020 << 20;

    private byte[] _assembled = new byte[64 << 10];
    private Lsn? _previous;
    private bool _opened;
    private int _offset;
    private int _length;
    private bool _inPage;

    /// <summary>Where the record begins.</summary>
    public Lsn Start { get; private set; }

    /// <summary>Where the next one begins; before the first, where reading begins.</summary>
    public Lsn End { get; private set; } = start;

    /// <summary>The record, its header included.</summary>
    public ReadOnlySpan<byte> Record => _inPage ? pages.Page.Slice(_offset, _length) : _assembled.AsSpan(0, _length);

    /// <summary>Reads the next record that begins at the start or later.</summary>
    /// <exception cref="WalDamageException">There is none.</exception>
    public void Read()
    {
        if (!_opened)
        {
            SkipToFirst();
            _opened = true;
        }

        while (!TryRead())
        {
        }
    }

    /// <summary>Goes to the first record at or after the start, which may lie within one.</summary>
    private void SkipToFirst()
    {
        pages.Open(End);
        while (End - pages.Address >= pages.PageSize)
        {
            pages.Next();
        }

        var wanted = End;
        while (pages.Continued > pages.PageSize - pages.HeaderSize)
        {
            pages.Next();
        }

        End = new Lsn(pages.Address.Value + (ulong)(pages.HeaderSize + Align(pages.Continued)));
        while (End < wanted && TryRead())
        {
        }
    }

    /// <summary>Reads a record; false when a server gave it up in its midst.</summary>
    private bool TryRead()
    {
        var offset = (int)(End - pages.Address);
        if (offset >= pages.PageSize)
        {
            GoTo(End);
            offset = pages.HeaderSize;
            if (pages.Continued > 0)
            {
                throw pages.Broken("goes on with a record that nothing began", from: 0);
            }
        }

        Start = new Lsn(pages.Address.Value + (ulong)offset);
        pages.CheckTimeline(Start);
        var length = BinaryPrimitives.ReadInt32LittleEndian(pages.Page[offset..]);
        if (length is < HeaderSize or > LargestRecord)
        {
            throw pages.Broken(length == 0 ? $"is empty from {Start} on" : $"has a record of impossible length at {Start}", offset);
        }

        _length = length;
        var available = pages.PageSize - offset;
        _inPage = length <= available;
        _offset = offset;
        if (!_inPage && !Assemble(offset, available))
        {
            return false;
        }

        var next = _inPage ? offset + Align(length) : pages.HeaderSize + Align(pages.Continued);
        Check(next);
        _previous = Start;
        End = new Lsn(pages.Address.Value + (ulong)next);
        if (IsSwitch(Record))
        {
            End = pages.File.Segment.End;
        }

        return true;
    }

    private bool Assemble(int offset, int available)
    {
        var done = 0;
        Append(pages.Page[offset..], ref done);
        while (done < _length)
        {
            pages.Next();
            if (pages.IsOverwritten)
            {
                End = new Lsn(pages.Address.Value + (ulong)pages.HeaderSize);
                return false;
            }

            if (pages.Continued != _length - done)
            {
                throw pages.Broken($"does not go on with the record at {Start}", from: 0);
            }

            Append(pages.Page.Slice(pages.HeaderSize, Math.Min(_length - done, pages.PageSize - pages.HeaderSize)), ref done);
        }

        return true;
    }

    private void Append(ReadOnlySpan<byte> piece, ref int done)
    {
        if (_assembled.Length < done + piece.Length)
        {
            Array.Resize(ref _assembled, Math.Max(_assembled.Length * 2, done + piece.Length));
        }

        piece.CopyTo(_assembled.AsSpan(done));
        done += piece.Length;
    }

    private void Check(int next)
    {
        var record = Record;
        var previous = new Lsn(BinaryPrimitives.ReadUInt64LittleEndian(record[8..]));
        if (_previous is { } known ? previous != known : previous >= Start)
        {
            throw pages.Broken($"has a record at {Start} that says it follows one at {previous}", Math.Min(next, pages.PageSize));
        }

        if (Checksum(record) != BinaryPrimitives.ReadUInt32LittleEndian(record[20..]))
        {
            throw pages.Broken($"has a record at {Start} whose checksum does not hold", Math.Min(next, pages.PageSize));
        }
    }

    private void GoTo(Lsn position)
    {
        if (position.Value / (ulong)pages.File.Segment.Size != pages.File.Segment.Number)
        {
            pages.Open(position);
            return;
        }

        pages.Next();
    }

    private static bool IsSwitch(ReadOnlySpan<byte> record) => record[17] == 0 && (record[16] & 0xF0) == 0x40;

    private static int Align(int length) => (length + 7) & ~7;

    /// <summary>CRC-32C of the content, then of the header up to the checksum.</summary>
    private static uint Checksum(ReadOnlySpan<byte> record) => ~Castagnoli.Add(Castagnoli.Add(Castagnoli.Start, record[HeaderSize..]), record[..20]);
}
