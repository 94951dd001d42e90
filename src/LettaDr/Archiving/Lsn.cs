using System.Globalization;
using System.Text.Json.Serialization;

namespace LettaDr;

/// <summary>A position in PostgreSQL's write-ahead log, in bytes from its beginning; written as <c>0/16B3748</c>.</summary>
/// <remarks>PostgreSQL manual, section 8.20 (pg_lsn type).</remarks>
[JsonConverter(typeof(LsnJsonConverter))]
public readonly record struct Lsn(ulong Value) : IComparable<Lsn>
{
    /// <summary>Reads what <see cref="ToString"/> and PostgreSQL write.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static Lsn Parse(string text) =>
        TryParse(text, out var lsn) ? lsn : throw new FormatException($"'{text}' is no log sequence number; one looks like 0/16B3748.");

    /// <summary>Reads what <see cref="ToString"/> and PostgreSQL write; false when it is none.</summary>
    public static bool TryParse(string? text, out Lsn lsn)
    {
        lsn = default;
        if (text?.Split('/') is not [{ Length: >= 1 and <= 8 } high, { Length: >= 1 and <= 8 } low]
            || !uint.TryParse(high, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var upper)
            || !uint.TryParse(low, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var lower))
        {
            return false;
        }

        lsn = new Lsn(((ulong)upper << 32) | lower);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(Lsn other) => Value.CompareTo(other.Value);

    /// <summary>Whether the left one lies before the right one.</summary>
    public static bool operator <(Lsn left, Lsn right) => left.Value < right.Value;

    /// <summary>Whether the left one lies after the right one.</summary>
    public static bool operator >(Lsn left, Lsn right) => left.Value > right.Value;

    /// <summary>Whether the left one does not lie after the right one.</summary>
    public static bool operator <=(Lsn left, Lsn right) => left.Value <= right.Value;

    /// <summary>Whether the left one does not lie before the right one.</summary>
    public static bool operator >=(Lsn left, Lsn right) => left.Value >= right.Value;

    /// <summary>Bytes of log from the right one to the left one.</summary>
    public static long operator -(Lsn left, Lsn right) => (long)(left.Value - right.Value);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value >> 32:X}/{(uint)Value:X}");
}
