namespace LettaDr.Cmdlets;

/// <summary>How far a set is tested.</summary>
public enum BackupTestLevel
{
    /// <summary>Every byte is the one that was written.</summary>
    Checksum,

    /// <summary>And it restores, with every row identical.</summary>
    Restore,
}
