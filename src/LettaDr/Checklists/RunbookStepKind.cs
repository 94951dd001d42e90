namespace LettaDr;

/// <summary>A step of a runbook. The order of the members is the order of the steps.</summary>
public enum RunbookStepKind
{
    /// <summary>The Letta server is stopped, and others are kept out of the database.</summary>
    StopWriters,

    /// <summary>The damage is looked for, and judged.</summary>
    Assess,

    /// <summary>It is told where the damaged database stays.</summary>
    KeepEvidence,

    /// <summary>The newest proven set is chosen; where none is, one is proven.</summary>
    ChooseSet,

    /// <summary>The set is restored beside the damaged database, compared, and swapped in.</summary>
    Restore,

    /// <summary>The restored database is tested before anybody uses it.</summary>
    Validate,

    /// <summary>Services are brought back one by one, each awaited, and the whole is asked.</summary>
    BringBack,
}
