using System.Globalization;

namespace LettaDr;

/// <summary>A segment of the write-ahead log: the file of PostgreSQL that holds a range of it, on one timeline.</summary>
/// <param name="Timeline">The timeline.</param>
/// <param name="Number">Which segment, counted from the log's beginning.</param>
/// <param name="Size">Bytes of each segment of the cluster; 16 MB unless initdb was told otherwise.</param>
/// <remarks>PostgreSQL manual, chapter 28.6 (WAL internals).</remarks>
public readonly record struct WalSegment(uint Timeline, ulong Number, int Size)
{
    /// <summary>Bytes of a segment unless initdb was told otherwise.</summary>
    public const int DefaultSize = 16 << 20;

    private const int NameLength = 24;

    /// <summary>Where it begins.</summary>
    public Lsn Start => new(Number * (ulong)Size);

    /// <summary>Where the next one begins.</summary>
    public Lsn End => new((Number + 1) * (ulong)Size);

    /// <summary>PostgreSQL's name of the file: timeline, and number in two halves, 8 hexadecimal digits each.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Timeline:X8}{Number / PerFile(Size):X8}{Number % PerFile(Size):X8}");

    /// <summary>The segment that holds the byte at a position.</summary>
    public static WalSegment At(uint timeline, Lsn position, int size) => new(timeline, position.Value / (ulong)size, size);

    /// <summary>Reads PostgreSQL's name of the file; false for any other name.</summary>
    public static bool TryParse(string name, int size, out WalSegment segment)
    {
        segment = default;
        if (name.Length != NameLength || !name.All(digit => char.IsAsciiDigit(digit) || digit is >= 'A' and <= 'F'))
        {
            return false;
        }

        var low = Digits(name, 16);
        segment = new WalSegment(Digits(name, 0), (Digits(name, 8) * PerFile(size)) + low, size);
        return low < PerFile(size);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static ulong PerFile(int size) => 0x1_0000_0000UL / (ulong)size;

    private static uint Digits(string name, int start) =>
        uint.Parse(name.AsSpan(start, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
