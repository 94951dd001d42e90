namespace LettaDr;

/// <summary>A file of cron (<c>/etc/cron.d</c>) that looks every five minutes for what is due, and so catches up what was missed.</summary>
internal static class CronFile
{
    /// <summary>The file of a request.</summary>
    public static DrScheduleFile Of(ScheduleRequest request)
    {
        var jobs = request.Jobs.OrderBy(job => job.Key).ToList();
        var times = string.Join("; ", jobs.Where(job => job.Value != DrJobs.ExpressionOf(job.Key)).Select(job => $"{job.Key} = '{job.Value}'"));
        var rest = $"-Job {string.Join(",", jobs.Select(job => job.Key))} -Due{(times.Length > 0 ? $" -Schedule @{{ {times} }}" : "")}";
        var state = request.StateHome is { } home ? $"XDG_STATE_HOME={Quote(home)} " : "";
        var command = string.Join(' ', request.CommandLine(rest).Select(Quote));
        var content = $"""
            SHELL=/bin/sh
            PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
            */{DueJobs.Tick.TotalMinutes:0} * * * * {request.User} {state}{command}

            """;
        return new DrScheduleFile(
            Path.Combine(request.Folder, request.BaseName),
            new ScheduleMark { Plan = request.Plan, PlanPath = request.PlanPath, Scheduler = DrScheduler.Cron, Jobs = request.Jobs }
                .Over(content.ReplaceLineEndings("\n")));
    }

    // For the shell; cron itself ends the command at a % unless a backslash precedes it, within quotes too (crontab(5)).
    private static string Quote(string text) =>
        $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'".Replace("%", "\\%", StringComparison.Ordinal);
}
