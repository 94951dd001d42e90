namespace LettaDr;

/// <summary>All that readiness is judged by. What a probe could not find out is told beside it, and is never good.</summary>
internal sealed record ReadinessEvidence
{
    public required string Deployment { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>The plan; null where none was given.</summary>
    public DrPlan? Plan { get; init; }

    /// <summary>What is wrong with the plan, a sentence each.</summary>
    public IReadOnlyList<string> PlanProblems { get; init; } = [];

    /// <summary>Sets, journals, archive and so on.</summary>
    public required RecoveryEvidence Recovery { get; init; }

    /// <summary>The deployment's objectives as they are met; empty where that could not be found out.</summary>
    public IReadOnlyList<RecoveryObjective> Objectives { get; init; } = [];

    /// <summary>What is wrong with the newest sets' files, a sentence each.</summary>
    public IReadOnlyList<string> DamagedFiles { get; init; } = [];

    /// <summary>What of the newest sets was looked at.</summary>
    public string FilesSeen { get; init; } = string.Empty;

    /// <summary>The sites of the plan.</summary>
    public IReadOnlyList<SiteEvidence> Sites { get; init; } = [];

    /// <summary>Runbooks of the plan that are not where it says.</summary>
    public IReadOnlyList<string> MissingRunbooks { get; init; } = [];

    /// <summary>The newest delivery to each endpoint of the plan.</summary>
    public IReadOnlyList<DrAlertDelivery> Deliveries { get; init; } = [];

    /// <summary>When each kind of test is due.</summary>
    public IReadOnlyList<DrTestScheduleEntry> Tests { get; init; } = [];
}
