namespace LettaDr;

/// <summary>What is to be scheduled.</summary>
internal sealed record ScheduleRequest
{
    /// <summary>The plan's name.</summary>
    public required string Plan { get; init; }

    /// <summary>The plan file; absolute.</summary>
    public required string PlanPath { get; init; }

    /// <summary>The jobs with their times.</summary>
    public required IReadOnlyDictionary<DrJob, string> Jobs { get; init; }

    /// <summary>How long each job may take; null for the usual.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>The program and the arguments that come before the command.</summary>
    public required IReadOnlyList<string> Program { get; init; }

    /// <summary>What the command needs before it.</summary>
    public string Prelude { get; init; } = string.Empty;

    /// <summary>The folder for the scheduler's files.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether it is for the whole machine, and not for one user's login.</summary>
    public required bool System { get; init; }

    /// <summary>Who runs it, for cron.</summary>
    public required string User { get; init; }

    /// <summary>Variables of whoever registers that the command needs, and that cron and systemd do not have.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>The name of everything that belongs to this plan: readable, and different for each plan file.</summary>
    public string BaseName => ScheduleName.Of(Plan, PlanPath);

    /// <summary>The arguments after the program, with the command that runs jobs.</summary>
    /// <param name="rest">What follows the plan in the command.</param>
    /// <param name="then">What the command's output goes to.</param>
    public IReadOnlyList<string> CommandLine(string rest, string then = "")
    {
        var limited = Limit is { } limit ? $" -TimeoutSeconds {limit.TotalSeconds:0}" : "";
        return [.. Program, "-Command", $"{Prelude}Invoke-LettaDrSchedule -Plan {PowerShellText.Quoted(PlanPath)} {rest}{limited}{then}"];
    }
}
