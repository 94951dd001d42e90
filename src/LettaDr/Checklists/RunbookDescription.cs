namespace LettaDr;

/// <summary>Tells in words what a runbook would do and what would be lost by it.</summary>
internal static class RunbookDescription
{
    /// <summary>The plan, a line a step, for -WhatIf.</summary>
    public static string Plan(Runbook runbook, RunbookRequest request)
    {
        var lines = new List<string> { $"Runbook {runbook.Name} for {request.Deployment}:" };
        lines.AddRange(runbook.Steps.Select((step, index) => $"  {index + 1}. {step.Kind}: {step.Description}{(step.Kind == RunbookStepKind.ChooseSet ? $" ({Set(request)})" : string.Empty)}"));
        lines.Add(request.Force
            ? "  Restores whatever the assessment finds (-Force)"
            : "  Steps 3 to 6 are taken when tables are damaged; else nothing is replaced");
        return string.Join(Environment.NewLine, lines);
    }

    /// <summary>What -Confirm asks: it states the loss.</summary>
    public static string Question(RunbookRequest request, DateTimeOffset now)
    {
        var set = SetChoice.Candidate(request);
        var loss = set is null
            ? "There is no set to restore from."
            : $"{(request.Force ? "Then" : "If tables are damaged,")} {request.Database} is replaced by its state of {set.SnapshotTime:u}: what was written in the {Age(now - set.SnapshotTime)} since is no longer live.";
        return $"The Letta server of {request.Deployment} is stopped until the end. {loss} Run it?";
    }

    /// <summary>A time as people say it.</summary>
    public static string Age(TimeSpan age) => age switch
    {
        { TotalMinutes: < 2 } => $"{age.TotalSeconds:0} seconds",
        { TotalHours: < 2 } => $"{age.TotalMinutes:0} minutes",
        { TotalDays: < 2 } => $"{age.TotalHours:0} hours",
        _ => $"{age.TotalDays:0} days",
    };

    private static string Set(RunbookRequest request) => SetChoice.Candidate(request) switch
    {
        null => "the repository holds none",
        { ProvenAt: { } at } set => $"{set.Id} of {set.SnapshotTime:u}, proven {at:u}",
        var set when request.Backup is not null => $"{set.Id} of {set.SnapshotTime:u}, named though not proven",
        var set => $"none is proven: {set.Id} of {set.SnapshotTime:u} first",
    };
}
