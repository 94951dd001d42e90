namespace LettaDr;

/// <summary>What a recovery objective limits.</summary>
public enum RecoveryObjectiveKind
{
    /// <summary>Recovery time objective: how long it may take until it works again.</summary>
    RTO,

    /// <summary>Recovery point objective: how much time's work may be lost.</summary>
    RPO,
}
