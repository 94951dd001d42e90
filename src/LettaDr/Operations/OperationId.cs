using System.Globalization;
using System.Security.Cryptography;

namespace LettaDr;

/// <summary>Identifiers of operations and sets: a UTC time that sorts, and six characters: a count from a random beginning.</summary>
internal static class OperationId
{
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    // Counted, not drawn: of 500 drawn from 2^24 two are the same in one case of 130.
    private static int s_last = RandomNumberGenerator.GetInt32(1 << 24);

    public static string Next() =>
        DateTimeOffset.UtcNow.ToString(TimeFormat, CultureInfo.InvariantCulture) + "-" +
        (Interlocked.Increment(ref s_last) & 0xffffff).ToString("x6", CultureInfo.InvariantCulture);

    /// <summary>The time in an identifier; null when the text is none.</summary>
    public static DateTimeOffset? TimeOf(string id) =>
        id.Length == 23 && id[16] == '-' && DateTimeOffset.TryParseExact(
            id[..16], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
}
