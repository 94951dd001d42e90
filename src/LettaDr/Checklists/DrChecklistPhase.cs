namespace LettaDr;

/// <summary>The guide's three checklists.</summary>
public enum DrChecklistPhase
{
    /// <summary>Before a disaster: standing questions that are asked again and again.</summary>
    Pre,

    /// <summary>During a disaster.</summary>
    During,

    /// <summary>After a disaster.</summary>
    Post,
}
