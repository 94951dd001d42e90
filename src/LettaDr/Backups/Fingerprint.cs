using System.Globalization;
using System.Text.Json.Serialization;

namespace LettaDr;

/// <summary>
/// What a table's rows amount to, whatever their order: how many there are, and the sum modulo 2^128 of a 128-bit hash of
/// each row's bytes as PostgreSQL's binary COPY writes them. Equal fingerprints mean the same rows, the same number of times.
/// </summary>
[JsonConverter(typeof(FingerprintJsonConverter))]
public readonly record struct Fingerprint
{
    /// <summary>Makes a fingerprint of a number of rows and the sum of their hashes.</summary>
    public Fingerprint(long rows, UInt128 sum)
    {
        Rows = rows;
        Sum = sum;
    }

    /// <summary>Number of rows.</summary>
    public long Rows { get; }

    /// <summary>Sum of the rows' hashes modulo 2^128.</summary>
    public UInt128 Sum { get; }

    /// <summary>The fingerprint of the rows of both.</summary>
    public static Fingerprint operator +(Fingerprint left, Fingerprint right) => left.Add(right);

    /// <summary>The fingerprint of these rows and those of <paramref name="other"/> together.</summary>
    public Fingerprint Add(Fingerprint other) => new(Rows + other.Rows, unchecked(Sum + other.Sum));

    /// <summary><c>rows:sum</c>, the sum as 32 hexadecimal digits.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rows}:{Sum:x32}");

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">The text is no fingerprint.</exception>
    public static Fingerprint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1 || text.Length - colon - 1 != 32)
        {
            throw new FormatException($"'{text}' is not a fingerprint.");
        }

        return new Fingerprint(
            long.Parse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture),
            UInt128.Parse(text.AsSpan(colon + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
    }
}
