namespace LettaDr;

/// <summary>Tells in words what a system's restore would do and what would be lost by it.</summary>
internal static class SystemRestoreDescription
{
    /// <summary>The plan, a line a step, for -WhatIf.</summary>
    public static string Plan(RestorePlan plan)
    {
        var lines = new List<string> { $"Restore {plan.Backup.Id} ({plan.Backup.SnapshotTime:u}, {plan.Backup.Kind}, {ByteSize.Format(plan.Backup.Size)}) as {plan.Deployment}:" };
        var number = 0;
        foreach (var step in plan.Steps.Where(step => !step.Skip))
        {
            lines.Add($"  {++number}. {step.Description}");
        }

        lines.AddRange(plan.Steps.Where(step => step.Skip).Select(step => $"  left out: {step.Kind}"));
        lines.AddRange(plan.Obstacles.Select(obstacle => $"  in the way: {obstacle}"));
        return string.Join(Environment.NewLine, lines);
    }

    /// <summary>What -Confirm asks: it states the loss.</summary>
    public static string Question(RestorePlan plan)
    {
        var loss = plan.Target is null
            ? $"There is no deployment {plan.Deployment} here now."
            : $"The deployment {plan.Deployment} is stopped and replaced by its state of {plan.Backup.SnapshotTime:u}: what was written since is no longer live.";
        return $"{loss} Everything after {plan.Backup.SnapshotTime:u} is not in the set. Restore {plan.Backup.Id}?";
    }
}
