using System.Globalization;
using System.Text;

namespace LettaDr;

/// <summary>A file of cron (<c>/etc/cron.d</c>) that looks every five minutes for what is due, and so catches up what was missed.</summary>
internal static class CronFile
{
    // Measured with Debian's: a command of 999 bytes is cut off without a word.
    private const int LongestCommand = 998;

    /// <summary>The file of a request.</summary>
    /// <exception cref="LettaDrException">The command would be longer than cron takes.</exception>
    public static DrScheduleFile Of(ScheduleRequest request)
    {
        var jobs = request.Jobs.OrderBy(job => job.Key).ToList();
        var times = string.Join("; ", jobs.Where(job => job.Value != DrJobs.ExpressionOf(job.Key)).Select(job => $"{job.Key} = '{job.Value}'"));
        var rest = $"-Job {string.Join(",", jobs.Select(job => job.Key))} -Due{(times.Length > 0 ? $" -Schedule @{{ {times} }}" : "")}";
        // cron mails whatever is written: let that be what went wrong.
        var command = string.Join(' ', [
            .. request.Variables.Select(variable => $"{variable.Key}={Quote(variable.Value)}"),
            .. request.CommandLine(rest, " | Out-Null").Select(Quote),
        ]);
        if (Encoding.UTF8.GetByteCount(command) is > LongestCommand and var length)
        {
            throw new LettaDrException(
                "ScheduleTooLong", FaultKind.InvalidArgument,
                string.Create(CultureInfo.InvariantCulture, $"cron takes commands of {LongestCommand} bytes, and that for {request.PlanPath} has {length}."),
                "Give the plan file a shorter path, or the jobs fewer times of their own.", request.PlanPath);
        }

        var content = $"""
            SHELL=/bin/sh
            PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
            */{DueJobs.Tick.TotalMinutes:0} * * * * {request.User} {command}

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
