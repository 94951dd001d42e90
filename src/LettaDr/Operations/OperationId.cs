using System.Globalization;
using System.Security.Cryptography;

namespace LettaDr;

/// <summary>Identifiers of operations and sets: a UTC time that sorts, and six random characters.</summary>
internal static class OperationId
{
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    public static string Next() =>
        DateTimeOffset.UtcNow.ToString(TimeFormat, CultureInfo.InvariantCulture) + "-" + Hex.Lower(RandomNumberGenerator.GetBytes(3));

    /// <summary>The time in an identifier; null when the text is none.</summary>
    public static DateTimeOffset? TimeOf(string id) =>
        id.Length == 23 && id[16] == '-' && DateTimeOffset.TryParseExact(
            id[..16], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
}
