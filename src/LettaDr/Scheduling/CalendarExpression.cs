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
        return $"{days}*-{Field(fields[3], 1, 12)}-{Field(fields[2], 1, 31)} {Field(fields[1], 0, 23)}:{Field(fields[0], 0, 59)}:00";
    }

    private static string Field(string field, int first, int last) =>
        field is "*" or "?" ? "*" : string.Join(',', field.Split(',').Select(part => Part(part, first, last)));

    private static string Part(string part, int first, int last)
    {
        var (range, step) = part.Split('/') is [var left, var right] ? (left, right) : (part, null);
        var repeated = step is null ? "" : "/" + step;
        return range == "*" ? Two(first) + repeated
            : range.Split('-') is not [var begin, var end] ? Two(Number(range)) + repeated
            : Number(begin) <= Number(end) ? $"{Two(Number(begin))}..{Two(Number(end))}{repeated}"
            : string.Join(',', Values(Number(begin), Number(end), Number(step ?? "1"), first, last).Select(Two));
    }

    /// <summary>The values of a range one by one; cron's may go on from a field's last value to its first, and systemd's may not.</summary>
    private static IEnumerable<int> Values(int begin, int end, int step, int first, int last)
    {
        var size = last - first + 1;
        for (var value = begin; value <= (end < begin ? end + size : end); value += step)
        {
            yield return value > last ? value - size : value;
        }
    }

    private static int Number(string number) => int.Parse(number, CultureInfo.InvariantCulture);

    private static string Two(int number) => number.ToString("00", CultureInfo.InvariantCulture);

    private static string DaysOfWeek(string field) => string.Join(',', field.Split(',').Select(part => part.Split('/') switch
    {
        // To systemd a week begins on Monday, and a range goes forward (systemd.time(7)).
        [var range] when range.Split('-') is [var begin, var end] => Number(begin) > 0 && Number(begin) < Number(end)
            ? $"{Days[Number(begin)]}..{Days[Number(end)]}"
            : string.Join(',', Values(Number(begin), Number(end), 1, 0, 6).Select(day => Days[day]).Distinct()),
        [var day] => Days[Number(day)],
        _ => throw new LettaDrException(
            "ScheduleNotTranslatable", FaultKind.InvalidArgument, $"systemd has no words for every so many days of the week: '{field}'.",
            "List the days, e.g. 1,3,5.", field),
    }));
}
