namespace LettaDr;

/// <summary>Whether a job is due.</summary>
internal static class DueJobs
{
    // A drill that took an hour last time, or a timer's random delay, must not move the next by a whole night.
    private static readonly TimeSpan Grace = TimeSpan.FromHours(12);

    // Wide enough for a machine that comes up a little late, and too narrow to reach the morning.
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>How often cron has the command look for what is due.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMinutes(5);

    /// <summary>Whether a time that was missed may be made good now: at once, or at its own hour for a job that keeps it.</summary>
    /// <param name="job">The job.</param>
    /// <param name="missed">The first time since the last run, in this machine's time zone.</param>
    /// <param name="now">The time of asking, in the same zone.</param>
    public static bool MayBegin(DrJob job, DateTimeOffset missed, DateTimeOffset now)
    {
        var late = now.TimeOfDay - missed.TimeOfDay;
        return missed <= now && (!DrJobs.KeepsItsHour(job) || (late < TimeSpan.Zero ? late + TimeSpan.FromDays(1) : late) < Window);
    }

    /// <summary>When the plan's frequency wants the job again; null where it is due, has none, or has failed since it passed.</summary>
    public static DateTimeOffset? NotBefore(DrJob job, DrTestFrequencies drills, DrJobRun? last, DateTimeOffset now) =>
        DrJobs.IntervalOf(job, drills) is { } interval && last is { Outcome: not Outcome.Failed, LastPassedAt: { } passed }
        && passed + interval - Shorter(Grace, interval / 4) is var due && due > now ? due : null;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
