namespace LettaDr;

/// <summary>Whether a set can be used.</summary>
public enum BackupState
{
    /// <summary>Published with its manifest.</summary>
    Complete,

    /// <summary>Left by an operation that did not end, or being written now; not a backup.</summary>
    Incomplete,

    /// <summary>Published, but its manifest cannot be read; not a backup that can be restored.</summary>
    Damaged,
}
