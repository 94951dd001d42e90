namespace LettaDr;

/// <summary>A runbook: what to do in one kind of disaster.</summary>
public enum RunbookName
{
    /// <summary>The database's files are damaged, or its rows contradict one another.</summary>
    DatabaseCorruption,
}
