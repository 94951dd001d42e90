namespace LettaDr;

/// <summary>A deployment's sets over time: a day, a week or a month a bar, so that ten thousand sets are as readable as ten.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Unit"><c>day</c>, <c>week</c> or <c>month</c>.</param>
/// <param name="Periods">From the oldest to that of the report, those without a set too.</param>
/// <param name="Note">What a bar is, and which sets are older than all of them.</param>
internal sealed record BackupTimeline(string Title, string Unit, IReadOnlyList<BackupPeriod> Periods, string Note) : IReportChart
{
    private const int Least = 14;
    private const int Most = 100;

    /// <summary>Lays a deployment's days out.</summary>
    /// <param name="title">The chart's heading.</param>
    /// <param name="days">A period of one day each; none twice.</param>
    /// <param name="today">The day of the report: that nothing was made lately must show.</param>
    public static BackupTimeline Of(string title, IReadOnlyCollection<BackupPeriod> days, DateOnly today)
    {
        var last = days.Select(day => day.From).Append(today).Max();
        var age = last.DayNumber - days.Min(day => day.From).DayNumber;
        var unit = age < Most ? "day" : age < 7 * Most ? "week" : "month";
        var sums = new Dictionary<DateOnly, BackupPeriod>();
        foreach (var day in days)
        {
            var from = BeginOf(day.From, unit);
            sums[from] = sums.TryGetValue(from, out var sum) ? sum.With(day) : day with { From = from };
        }

        var periods = new List<BackupPeriod>();
        var least = unit == "day" ? Math.Max(Least, age + 1) : Least;
        for (var from = BeginOf(last, unit); periods.Count < Most && (periods.Count < least || from >= sums.Keys.Min()); from = BeginOf(from.AddDays(-1), unit))
        {
            periods.Add(sums.GetValueOrDefault(from, new BackupPeriod(from, 0, 0, 0)));
        }

        periods.Reverse();
        var older = days.Where(day => day.From < periods[0].From).Sum(day => day.Total);
        return new BackupTimeline(
            title, unit, periods,
            $"Each bar is one {unit} (UTC), as high as it has sets." + (older > 0 ? $" {Count.Of(older, "older set")} {(older == 1 ? "is" : "are")} in the table only." : string.Empty));
    }

    private static DateOnly BeginOf(DateOnly day, string unit) => unit switch
    {
        "day" => day,
        "week" => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
        _ => new DateOnly(day.Year, day.Month, 1),
    };
}
