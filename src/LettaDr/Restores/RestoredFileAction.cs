namespace LettaDr;

/// <summary>What a restore of configuration does with one file.</summary>
public enum RestoredFileAction
{
    /// <summary>It is not there, and is written.</summary>
    Create,

    /// <summary>It is there, the same, and is left alone.</summary>
    Unchanged,

    /// <summary>It is there, another, and is set aside for the set's; only with <c>-Force</c>.</summary>
    Replace,

    /// <summary>It is not written: it is encrypted and secrets were not asked for, or the set does not hold it.</summary>
    Skip,
}
