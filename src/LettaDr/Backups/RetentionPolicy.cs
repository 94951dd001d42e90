namespace LettaDr;

/// <summary>
/// How many sets are kept of each age. Each number counts the newest periods that have a set, not the time that has passed: after
/// a pause of backups nothing grows too old.
/// </summary>
/// <param name="Hourly">Hours of which the newest set is kept.</param>
/// <param name="Daily">Days (UTC) of which the newest set is kept.</param>
/// <param name="Weekly">Weeks (UTC, ISO 8601) of which the newest set is kept.</param>
/// <param name="Monthly">Months (UTC) of which the newest set is kept.</param>
public sealed record RetentionPolicy(int Hourly = 24, int Daily = 7, int Weekly = 4, int Monthly = 6);
