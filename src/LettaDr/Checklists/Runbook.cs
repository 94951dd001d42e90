namespace LettaDr;

/// <summary>A runbook with its steps, as <c>Get-LettaRunbook</c> lists it.</summary>
public sealed record Runbook
{
    /// <summary>Its name, for <c>Invoke-LettaRunbook</c>.</summary>
    public required RunbookName Name { get; init; }

    /// <summary>When it is the right one.</summary>
    public required string Situation { get; init; }

    /// <summary>Its steps in their order.</summary>
    public required IReadOnlyList<RunbookStep> Steps { get; init; }

    /// <summary>All runbooks there are.</summary>
    internal static IReadOnlyList<Runbook> All { get; } =
    [
        new()
        {
            Name = RunbookName.DatabaseCorruption,
            Situation = "The database's files are damaged, or its rows contradict one another.",
            Steps =
            [
                new(RunbookStepKind.StopWriters, "stop the Letta server, refuse connections, tell who is still connected", "Enter-LettaMaintenance"),
                new(RunbookStepKind.Assess, "read every table to its end, check pages, b-trees and foreign keys; on a stopped server run pg_checksums", "Test-LettaConsistency"),
                new(RunbookStepKind.KeepEvidence, "keep the damaged database beside the restored one; it is never dropped", "Undo-LettaRestore"),
                new(RunbookStepKind.ChooseSet, "take the newest proven set; where none is proven, prove the newest intact one now", "Get-LettaBackup, Test-LettaBackup -Level Restore"),
                new(RunbookStepKind.Restore, "restore it beside the damaged database, compare every row, swap, reconcile Redis", "Restore-LettaSystem"),
                new(RunbookStepKind.Validate, "test the restored database before anybody uses it", "Test-LettaConsistency"),
                new(RunbookStepKind.BringBack, "bring services back one by one, each awaited; ask every member, read the agents back", "Exit-LettaMaintenance, Test-LettaDeployment"),
            ],
        },
    ];

    /// <summary>One of them.</summary>
    internal static Runbook Of(RunbookName name) => All.Single(runbook => runbook.Name == name);

    /// <inheritdoc/>
    public override string ToString() => Name.ToString();
}
