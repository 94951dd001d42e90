namespace LettaDr;

/// <summary>How much of a cluster a backup of pgBackRest copied (pgBackRest's user guide, "Backup types").</summary>
public enum PgBackRestBackupType
{
    /// <summary>All of it.</summary>
    Full,

    /// <summary>What changed since the last full one, which a restore needs as well.</summary>
    Differential,

    /// <summary>What changed since the last one of any type; a restore needs all of them back to the full one.</summary>
    Incremental,
}
