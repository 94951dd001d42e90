using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace LettaDr;

/// <summary>Tasks for Task Scheduler of Windows: one a job, never twice at once, started late if it need not keep its hour.</summary>
internal static class TaskDefinition
{
    private static readonly XNamespace Task = "http://schemas.microsoft.com/windows/2004/02/mit/task";
    private static readonly string[] Days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    /// <summary>The tasks of a request, each for <c>schtasks /Create /XML</c>.</summary>
    public static IReadOnlyList<DrScheduleFile> Of(ScheduleRequest request) => [.. request.Jobs.OrderBy(job => job.Key).Select(job => new DrScheduleFile(
        Path.Combine(request.Folder, $"{request.BaseName}-{ScheduleName.Of(job.Key)}.xml"),
        new ScheduleMark
        {
            Plan = request.Plan, PlanPath = request.PlanPath, Scheduler = DrScheduler.TaskScheduler,
            Jobs = new Dictionary<DrJob, string> { [job.Key] = job.Value },
        }.Over(Xml(request, job.Key, job.Value) + "\n", "<!-- {0} -->")))];

    private static string Xml(ScheduleRequest request, DrJob job, string expression)
    {
        var commandLine = request.CommandLine($"-Job {job}");
        return new XElement(
            Task + "Task", new XAttribute("version", "1.2"),
            new XElement(Task + "RegistrationInfo", new XElement(Task + "Description", $"LettaDr: {job} of {request.Plan}")),
            new XElement(Task + "Triggers", Trigger(expression)),
            new XElement(
                Task + "Settings",
                new XElement(Task + "MultipleInstancesPolicy", "IgnoreNew"),
                new XElement(Task + "DisallowStartIfOnBatteries", false),
                new XElement(Task + "StopIfGoingOnBatteries", false),
                new XElement(Task + "StartWhenAvailable", !DrJobs.KeepsItsHour(job)),
                new XElement(Task + "ExecutionTimeLimit", "PT0S")),
            new XElement(
                Task + "Actions",
                new XElement(
                    Task + "Exec", new XElement(Task + "Command", commandLine[0]),
                    new XElement(Task + "Arguments", string.Join(' ', commandLine.Skip(1).Select(Quote)))))).ToString().ReplaceLineEndings("\n");
    }

    private static XElement Trigger(string expression)
    {
        var fields = expression.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields is not [var minute, var hour, "*", "*", var day] || !Number(minute, 59, out var atMinute))
        {
            throw NotTranslatable(expression);
        }

        if (hour == "*" && day == "*")
        {
            return Calendar(0, atMinute, new XElement(Task + "ScheduleByDay", new XElement(Task + "DaysInterval", 1)), hourly: true);
        }

        if (!Number(hour, 23, out var atHour))
        {
            throw NotTranslatable(expression);
        }

        if (day == "*")
        {
            return Calendar(atHour, atMinute, new XElement(Task + "ScheduleByDay", new XElement(Task + "DaysInterval", 1)));
        }

        return Number(day, 7, out var onDay)
            ? Calendar(atHour, atMinute, new XElement(
                Task + "ScheduleByWeek", new XElement(Task + "WeeksInterval", 1), new XElement(Task + "DaysOfWeek", new XElement(Task + Days[onDay % 7]))))
            : throw NotTranslatable(expression);
    }

    private static XElement Calendar(int hour, int minute, XElement often, bool hourly = false) => new(
        Task + "CalendarTrigger",
        hourly ? new XElement(Task + "Repetition", new XElement(Task + "Interval", "PT1H"), new XElement(Task + "Duration", "P1D")) : null,
        new XElement(Task + "StartBoundary", string.Create(CultureInfo.InvariantCulture, $"2026-01-01T{hour:00}:{minute:00}:00")),
        often);

    private static bool Number(string text, int most, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= most;

    private static LettaDrException NotTranslatable(string expression) => new(
        "ScheduleNotTranslatable", FaultKind.InvalidArgument, $"Task Scheduler has no words for the cron expression '{expression}'.",
        "Give one that means hourly, daily or weekly, e.g. '7 * * * *' or '30 2 * * 0'.", expression);

    // How programs of Windows split their command line: backslashes count only before a quotation mark.
    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        var backslashes = 0;
        foreach (var letter in text)
        {
            quoted.Append('\\', letter == '"' ? backslashes + 1 : 0).Append(letter);
            backslashes = letter == '\\' ? backslashes + 1 : 0;
        }

        return quoted.Append('\\', backslashes).Append('"').ToString();
    }
}
