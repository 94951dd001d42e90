namespace LettaDr;

/// <summary>The guide's three checklists, seven items each.</summary>
internal static class DrChecklist
{
    private const string Readiness = "Test-LettaDrReadiness answers it; pipe its results in.";

    public static IReadOnlyList<DrChecklistQuestion> Questions { get; } =
    [
        Pre(1, "Verify backup integrity and retention policy compliance", ReadinessChecks.BackupIntact, ReadinessChecks.RetentionCompliant, ReadinessChecks.RecoveryPointMet),
        Pre(2, "Confirm disaster recovery site readiness", ReadinessChecks.SiteReady),
        Pre(3, "Validate contact information for key personnel", ReadinessChecks.ContactsComplete),
        Pre(4, "Review and update disaster recovery runbooks", ReadinessChecks.PlanValid, ReadinessChecks.RunbooksReviewed),
        Pre(5, "Test backup restoration procedures", ReadinessChecks.RestoreProven, ReadinessChecks.DrillsCurrent, ReadinessChecks.RecoveryTimeMet),
        Pre(6, "Verify monitoring and alerting configurations", ReadinessChecks.AlertingDelivers),
        Pre(7, "Confirm communication plan for stakeholders", ReadinessChecks.CommunicationReviewed),

        During(1, "Activate incident response team", "Call those whom the plan names as contacts, and note who came."),
        During(2, "Assess impact and scope of the disaster", "Test-LettaDeployment and Test-LettaConsistency answer it; pipe their results in.") with { System = DrChecklistQuestion.SystemAnswer.Made },
        During(3, "Implement containment measures", "Enter-LettaMaintenance stops the writers; note what was contained, and how."),
        During(4, "Communicate with stakeholders", "Tell those whom the plan names, by its channels; Send-LettaDrAlert tells the endpoints."),
        During(5, "Execute appropriate disaster recovery runbook", "Get-LettaRunbook lists them, Invoke-LettaRunbook and Restore-LettaSystem run; note which was run."),
        During(6, "Document all actions and decisions", "Set-LettaDrChecklistItem records them; operations write their own journals."),
        During(7, "Monitor recovery progress", "The operation shows it; Measure-LettaRecoveryObjective compares it with the objectives."),

        Post(1, "Verify system functionality and data integrity", "Test-LettaDeployment and Test-LettaConsistency answer it; pipe their results in.") with { System = DrChecklistQuestion.SystemAnswer.Passed },
        Post(2, "Conduct post-mortem analysis", "Note where the analysis is kept."),
        Post(3, "Update disaster recovery documentation", "Note what was changed, and set its reviewedOn in the plan."),
        Post(4, "Implement improvements based on lessons learned", "Note which, and who sees to them."),
        Post(5, "Communicate resolution to stakeholders", "Tell those whom the plan names, by its channels."),
        Post(6, "Review insurance coverage and claims", "Note what the insurer was told."),
        Post(7, "Schedule follow-up review meeting", "Note when it is."),
    ];

    public static DrChecklistQuestion Find(DrChecklistPhase phase, int number) =>
        Questions.FirstOrDefault(question => question.Phase == phase && question.Number == number) ?? throw new LettaDrException(
            "ChecklistItemNotFound", FaultKind.InvalidArgument, $"The checklist {phase} has no item {number}.", "Its items are numbered from 1 to 7.", number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static DrChecklistQuestion Pre(int number, string text, params string[] checks) => new(DrChecklistPhase.Pre, number, text, Readiness, checks);

    private static DrChecklistQuestion During(int number, string text, string how) => new(DrChecklistPhase.During, number, text, how);

    private static DrChecklistQuestion Post(int number, string text, string how) => new(DrChecklistPhase.Post, number, text, how);
}
