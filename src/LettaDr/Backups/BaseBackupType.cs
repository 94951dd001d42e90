namespace LettaDr;

/// <summary>How much of a cluster a physical backup copied.</summary>
public enum BaseBackupType
{
    /// <summary>All of it.</summary>
    Full,

    /// <summary>The blocks that changed since another one, which a restore needs as well.</summary>
    Incremental,
}
