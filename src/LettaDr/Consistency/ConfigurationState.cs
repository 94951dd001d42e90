namespace LettaDr;

/// <summary>How an item of one configuration stands to the same item of another.</summary>
public enum ConfigurationState
{
    /// <summary>Both sides have it, alike.</summary>
    Equal,

    /// <summary>Both sides have it, and it differs.</summary>
    Different,

    /// <summary>Only the left side has it.</summary>
    OnlyLeft,

    /// <summary>Only the right side has it.</summary>
    OnlyRight,

    /// <summary>Nobody can say: a side holds it encrypted, blanked or not at all. Never to be counted as equal.</summary>
    NotCompared,
}
