using System.Globalization;

namespace LettaDr;

/// <summary>A cron expression in other schedulers' words.</summary>
internal static class CalendarExpression
{
    private static readonly string[] Days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    /// <summary>The same times for systemd's OnCalendar (systemd.time(7)).</summary>
    /// <exception cref="LettaDrException">systemd cannot say it.</exception>
    public static string ForSystemd(string expression)
    {
        var fields = expression.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 5 || (fields[2] is not ("*" or "?") && fields[4] is not ("*" or "?")) || fields.Any(field => field.Any(char.IsAsciiLetter) || field.Contains('#')))
        {
            throw new LettaDrException(
                "ScheduleNotTranslatable", FaultKind.InvalidArgument, $"systemd has no words for the cron expression '{expression}'.",
                "Give five fields of numbers, with either days of the month or days of the week.", expression);
        }

        var days = fields[4] is "*" or "?" ? "" : DaysOfWeek(fields[4]) + " ";
        return $"{days}*-{Field(fields[3], 1)}-{Field(fields[2], 1)} {Field(fields[1], 0)}:{Field(fields[0], 0)}:00";
    }

    private static string Field(string field, int first) => field is "*" or "?" ? "*" : string.Join(',', field.Split(',').Select(part =>
    {
        var (range, step) = part.Split('/') is [var left, var right] ? (left, "/" + right) : (part, "");
        return range == "*" ? first.ToString("00", CultureInfo.InvariantCulture) + step : string.Join("..", range.Split('-').Select(Two)) + step;
    }));

    private static string Two(string number) => number.PadLeft(2, '0');

    private static string DaysOfWeek(string field) => string.Join(',', field.Split(',').Select(part => part.Split('/') switch
    {
        [var range] => string.Join("..", range.Split('-').Select(Day)),
        _ => throw new LettaDrException(
            "ScheduleNotTranslatable", FaultKind.InvalidArgument, $"systemd has no words for every so many days of the week: '{field}'.",
            "List the days, e.g. 1,3,5.", field),
    }));

    private static string Day(string number) => Days[int.Parse(number, CultureInfo.InvariantCulture)];
}
