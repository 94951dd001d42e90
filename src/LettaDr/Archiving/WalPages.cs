using System.Buffers.Binary;
using System.Globalization;

namespace LettaDr;

/// <summary>Reads the pages of a line of segments one after the other, and checks what each says of itself.</summary>
/// <remarks>PostgreSQL's src/include/access/xlog_internal.h: XLogPageHeaderData, XLogLongPageHeaderData.</remarks>
internal sealed class WalPages(IWalArchive archive, WalLine line) : IDisposable
{
    private const int ShortHeader = 24;
    private const int LongHeader = 40;
    private const int LargestPage = 64 << 10;
    private const ushort FirstIsContinuation = 1;
    private const ushort HasLongHeader = 2;
    private const ushort FirstIsOverwritten = 8;

    private readonly byte[] _page = new byte[LargestPage];
    private Stream? _stream;
    private WalFile? _file;
    private uint _timeline;
    private ushort _magic;

    /// <summary>The file that the page is of.</summary>
    public WalFile File => _file!;

    /// <summary>Where the page lies.</summary>
    public Lsn Address { get; private set; }

    /// <summary>Bytes of each page.</summary>
    public int PageSize { get; private set; } = 8192;

    /// <summary>The page.</summary>
    public ReadOnlySpan<byte> Page => _page.AsSpan(0, PageSize);

    /// <summary>Bytes of its header.</summary>
    public int HeaderSize { get; private set; }

    /// <summary>Bytes at its beginning that still belong to a record of a page before.</summary>
    public int Continued => (Flags & FirstIsContinuation) != 0 ? (int)BinaryPrimitives.ReadUInt32LittleEndian(_page.AsSpan(16)) : 0;

    /// <summary>Whether the record that should go on here was given up by a server that crashed in its midst.</summary>
    public bool IsOverwritten => (Flags & FirstIsOverwritten) != 0;

    private ushort Flags => BinaryPrimitives.ReadUInt16LittleEndian(_page.AsSpan(2));

    /// <summary>Goes to the first page of the segment that holds a position.</summary>
    public void Open(Lsn position)
    {
        var number = position.Value / (ulong)line.SegmentSize;
        var expected = line.Expected(position);
        _stream?.Dispose();
        _stream = null;
        _file = line.Find(number);
        if (_file is null || _file.Segment.Timeline < expected.Timeline)
        {
            throw Missing(expected);
        }

        try
        {
            _stream = archive.OpenContent(_file);
        }
        catch (LettaDrException broken)
        {
            throw Damage(broken.Message);
        }

        Address = _file.Segment.Start;
        Read(first: true);
    }

    /// <summary>Goes to the page after this one.</summary>
    public void Next()
    {
        Address = new Lsn(Address.Value + (ulong)PageSize);
        if (Address.Value >= _file!.Segment.End.Value)
        {
            Close();
            Open(Address);
        }
        else
        {
            Read(first: false);
        }
    }

    /// <summary>Checks that the next record may be read from this file, rather than from a newer timeline's.</summary>
    public void CheckTimeline(Lsn position)
    {
        if (line.Expected(position) is var expected && expected.Timeline > _file!.Segment.Timeline)
        {
            throw Missing(expected);
        }
    }

    /// <summary>What to throw where the log does not go on: in a file that was still being received, nought to its end is the end.</summary>
    /// <param name="detail">What was seen.</param>
    /// <param name="from">Offset in the page from which on a file that ends here is empty.</param>
    public WalDamageException Broken(string detail, int from) => !_file!.IsPartial || !IsEmptyFrom(from)
        ? Damage(detail)
        : line.GoesOnAfter(_file.Segment.Number)
            ? new WalDamageException(WalEndReason.MissingSegment, _file.Segment, $"The segment {_file.Segment.Name} was received in part, and the archive goes on after it.")
            : new WalDamageException(WalEndReason.EndOfArchive, _file.Segment, "The log ends in a segment that is being received.");

    public void Dispose() => _stream?.Dispose();

    private void Read(bool first)
    {
        Fill(0, first ? LongHeader : ShortHeader);
        if (first && LongPageSize() is var size && size is >= 1024 and <= LargestPage)
        {
            PageSize = size;
        }

        Fill(first ? LongHeader : ShortHeader, PageSize);
        if (Mistake(first) is { } mistake)
        {
            throw Broken(mistake, from: 0);
        }

        HeaderSize = first ? LongHeader : ShortHeader;
        _magic = BinaryPrimitives.ReadUInt16LittleEndian(_page);
        _timeline = BinaryPrimitives.ReadUInt32LittleEndian(_page.AsSpan(4));
    }

    private int LongPageSize() => BinaryPrimitives.ReadInt32LittleEndian(_page.AsSpan(36));

    private string? Mistake(bool first)
    {
        var magic = BinaryPrimitives.ReadUInt16LittleEndian(_page);
        var timeline = BinaryPrimitives.ReadUInt32LittleEndian(_page.AsSpan(4));
        var address = new Lsn(BinaryPrimitives.ReadUInt64LittleEndian(_page.AsSpan(8)));
        if (magic >> 8 != 0xD1 || (_magic != 0 && magic != _magic))
        {
            return magic == 0 ? "is empty" : "does not begin as one of this server's version";
        }

        if (address != Address)
        {
            return $"says that it belongs at {address}";
        }

        if (timeline > _file!.Segment.Timeline || timeline < _timeline)
        {
            return string.Create(CultureInfo.InvariantCulture, $"says that it is of timeline {timeline}");
        }

        if (((Flags & HasLongHeader) != 0) != first)
        {
            return "has a header of the wrong kind";
        }

        if (!first)
        {
            return null;
        }

        var system = BinaryPrimitives.ReadUInt64LittleEndian(_page.AsSpan(24)).ToString(CultureInfo.InvariantCulture);
        return system != archive.SystemIdentifier ? $"says that it is of the cluster {system}"
            : BinaryPrimitives.ReadInt32LittleEndian(_page.AsSpan(32)) != line.SegmentSize ? "says that segments are of another size" : null;
    }

    private void Fill(int from, int to)
    {
        int read;
        try
        {
            read = _stream!.ReadAtLeast(_page.AsSpan(from, to - from), to - from, throwOnEndOfStream: false);
        }
        catch (Exception broken) when (broken is LettaDrException or IOException)
        {
            throw Damage(broken.Message);
        }

        if (read < to - from)
        {
            // What the page before left there, too.
            _page.AsSpan(from + read, PageSize - from - read).Clear();
            throw Broken($"The file ends after {Address - _file!.Segment.Start + from + read} of {line.SegmentSize} bytes.", from: 0);
        }
    }

    /// <summary>Sees that a segment's file ends where the segment does.</summary>
    private void Close()
    {
        try
        {
            if (_stream!.ReadByte() >= 0)
            {
                throw Damage("The file goes on after its segment's end.");
            }
        }
        catch (Exception broken) when (broken is LettaDrException or IOException)
        {
            throw Damage(broken.Message);
        }
    }

    private bool IsEmptyFrom(int offset)
    {
        if (_page.AsSpan(offset, PageSize - offset).ContainsAnyExcept((byte)0))
        {
            return false;
        }

        Span<byte> rest = stackalloc byte[8192];
        while (_stream!.Read(rest) is > 0 and var length)
        {
            if (rest[..length].ContainsAnyExcept((byte)0))
            {
                return false;
            }
        }

        return true;
    }

    private WalDamageException Missing(WalSegment expected) => line.GoesOnAfter(expected.Number)
        ? new WalDamageException(WalEndReason.MissingSegment, expected, $"The segment {expected.Name} is missing, and the archive goes on after it.")
        : new WalDamageException(WalEndReason.EndOfArchive, expected, $"The segment {expected.Name} was not received.");

    private WalDamageException Damage(string detail) =>
        new(WalEndReason.Damaged, _file!.Segment, char.IsLower(detail[0]) ? $"The page at {Address} in {_file.FileName} {detail}." : $"{_file.FileName}: {detail}");
}
