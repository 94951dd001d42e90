namespace LettaDr;

/// <summary>What each job is: its command, its usual times, and how often the plan wants it.</summary>
internal static class DrJobs
{
    /// <summary>The jobs that a plan needs.</summary>
    public static IReadOnlyList<DrJob> Usual { get; } = [.. Enum.GetValues<DrJob>().Where(job => job != DrJob.Readiness)];

    /// <summary>How long a job may take, where nobody says otherwise.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromDays(1);

    /// <summary>When a job is started, where nobody says otherwise. What the plan wants seldom is asked for each night.</summary>
    public static string ExpressionOf(DrJob job) => job switch
    {
        DrJob.Backup => "7 * * * *",
        DrJob.Retention => "23 1 * * *",
        DrJob.Validation => "41 1 * * *",
        DrJob.FullRestore => "11 2 * * *",
        DrJob.DatabaseFailover => "11 3 * * *",
        DrJob.ComponentFailure => "41 3 * * *",
        DrJob.NetworkPartition => "11 4 * * *",
        DrJob.DataCorruption => "41 4 * * *",
        _ => "11 6 * * *",
    };

    /// <summary>How often the plan wants a job; null where each of its times counts.</summary>
    public static TimeSpan? IntervalOf(DrJob job, DrTestFrequencies drills) => job switch
    {
        DrJob.Validation => drills.BackupValidation,
        DrJob.FullRestore => drills.FullRestore,
        DrJob.DatabaseFailover => drills.Failover,
        DrJob.ComponentFailure or DrJob.NetworkPartition or DrJob.DataCorruption => drills.Component,
        _ => null,
    };

    /// <summary>Whether a job may only begin at its own hour: what restores whole copies is no company for a working day.</summary>
    public static bool KeepsItsHour(DrJob job) => IntervalOf(job, new DrTestFrequencies()) is not null;

    /// <summary>The command of a job, for PowerShell; <c>$args[0]</c> is the plan.</summary>
    public static string CommandOf(DrJob job) => job switch
    {
        DrJob.Backup => "Backup-LettaSystem -Plan $args[0] -Confirm:$false",
        DrJob.Retention => "Invoke-LettaRetention -Plan $args[0] -Confirm:$false",
        // The set is listed again afterwards: its proof is what counts.
        DrJob.Validation => "$set = @(Get-LettaBackup -Plan $args[0] | Where-Object { \"$($_.Parts)\" -match 'Database|Cluster|PgBackRest' })[0]; " +
            "$set | Test-LettaBackup -Plan $args[0] -Level Restore; Get-LettaBackup -Plan $args[0] -Id $set.Id",
        DrJob.Readiness => "Test-LettaDrReadiness -Plan $args[0]",
        _ => $"Invoke-LettaDrTest -Scenario {job} -Plan $args[0] -Confirm:$false",
    };
}
