namespace LettaDr;

/// <summary>What an assessment of a database came to.</summary>
public enum DamageVerdict
{
    /// <summary>Everything that could be checked was, and holds.</summary>
    NothingFound,

    /// <summary>Tables are whole, indexes are not: they can be built anew from the tables.</summary>
    IndexesOnly,

    /// <summary>Tables are damaged: what they held must come from a backup.</summary>
    TablesDamaged,

    /// <summary>The damage could not be looked for.</summary>
    NotAssessed,
}
