using Cronos;

namespace LettaDr.Systems;

/// <summary>The times that a cron expression means, in this machine's time zone.</summary>
internal static class JobTimes
{
    /// <summary>The first time after a moment; null when there is none.</summary>
    /// <exception cref="LettaDrException">It is no cron expression.</exception>
    public static DateTimeOffset? After(string expression, DateTimeOffset moment) => Parse(expression).GetNextOccurrence(moment, TimeZoneInfo.Local);

    /// <summary>Refuses what is no cron expression.</summary>
    /// <exception cref="LettaDrException">It is none.</exception>
    public static void Check(string expression) => Parse(expression);

    private static CronExpression Parse(string expression)
    {
        try
        {
            return CronExpression.Parse(expression);
        }
        catch (CronFormatException wrong)
        {
            throw new LettaDrException(
                "ScheduleInvalid", FaultKind.InvalidArgument, $"'{expression}' is no cron expression: {wrong.Message.TrimEnd('.')}.",
                "Write minute, hour, day of the month, month and day of the week, e.g. '7 * * * *' for seven past each hour.", expression, wrong);
        }
    }
}
