namespace LettaDr;

/// <summary>The program that starts jobs at their times.</summary>
public enum DrScheduler
{
    /// <summary>Timers of systemd; one a job.</summary>
    Systemd,

    /// <summary>A file of cron, which looks every five minutes for what is due.</summary>
    Cron,

    /// <summary>Task Scheduler of Windows; one task a job.</summary>
    TaskScheduler,
}
