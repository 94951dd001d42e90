namespace LettaDr;

/// <summary>The names of the checks of readiness, in the order in which they are told.</summary>
internal static class ReadinessChecks
{
    public const string PlanValid = "PlanValid";
    public const string BackupIntact = "BackupIntact";
    public const string RestoreProven = "RestoreProven";
    public const string RetentionCompliant = "RetentionCompliant";
    public const string RecoveryPointMet = "RecoveryPointMet";
    public const string RecoveryTimeMet = "RecoveryTimeMet";
    public const string SiteReady = "SiteReady";
    public const string ContactsComplete = "ContactsComplete";
    public const string RunbooksReviewed = "RunbooksReviewed";
    public const string CommunicationReviewed = "CommunicationReviewed";
    public const string AlertingDelivers = "AlertingDelivers";
    public const string DrillsCurrent = "DrillsCurrent";

    public static IReadOnlyList<string> All { get; } =
    [
        PlanValid, BackupIntact, RestoreProven, RetentionCompliant, RecoveryPointMet, RecoveryTimeMet, SiteReady,
        ContactsComplete, RunbooksReviewed, CommunicationReviewed, AlertingDelivers, DrillsCurrent,
    ];
}
