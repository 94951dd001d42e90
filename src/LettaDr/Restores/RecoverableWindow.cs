using System.Globalization;

namespace LettaDr;

/// <summary>From when to when a cluster can be recovered to any moment.</summary>
/// <param name="SystemIdentifier">The cluster.</param>
/// <param name="Earliest">The moment of the oldest usable base backup, by the server's clock.</param>
/// <param name="EarliestLsn">Its position.</param>
/// <param name="Latest">When the last commit was made that was received, by the server's clock.</param>
/// <param name="LatestLsn">Where its record ends.</param>
/// <param name="Timeline">The timeline that the log was followed on.</param>
/// <param name="Problem">Why the log ends there though more was received after it, in a sentence; null when it does not.</param>
public sealed record RecoverableWindow(
    string SystemIdentifier, DateTimeOffset Earliest, Lsn EarliestLsn, DateTimeOffset Latest, Lsn LatestLsn, uint Timeline, string? Problem)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Words(Earliest)} ({EarliestLsn}) to {Words(Latest)} ({LatestLsn})");

    private static string Words(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
