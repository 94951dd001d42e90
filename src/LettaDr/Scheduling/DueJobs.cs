namespace LettaDr;

/// <summary>Whether a job is due.</summary>
internal static class DueJobs
{
    // A drill that took an hour last time, or a timer's random delay, must not move the next by a whole night.
    private static readonly TimeSpan Grace = TimeSpan.FromHours(12);

    /// <summary>When the plan's frequency wants the job again; null where it is due, or has none.</summary>
    public static DateTimeOffset? NotBefore(DrJob job, DrTestFrequencies drills, DrJobRun? last, DateTimeOffset now) =>
        DrJobs.IntervalOf(job, drills) is { } interval && last?.LastPassedAt is { } passed && passed + interval - Shorter(Grace, interval / 4) is var due && due > now
            ? due : null;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
