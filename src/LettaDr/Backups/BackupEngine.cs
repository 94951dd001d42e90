namespace LettaDr;

/// <summary>Who makes, keeps and restores physical backups.</summary>
public enum BackupEngine
{
    /// <summary>LettaDr itself, in its own repository.</summary>
    LettaDr,

    /// <summary>pgBackRest, over a stanza that exists; LettaDr takes the proof and orchestrates.</summary>
    PgBackRest,
}
