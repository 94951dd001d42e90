namespace LettaDr.Console;

/// <summary>The user's wish, or the system's, that what runs should end.</summary>
internal interface IInterruption
{
    /// <summary>Whether what runs now has been asked to end and has not yet ended.</summary>
    bool IsRequested { get; }

    /// <summary>Asks for it, from a prompt that was left by Ctrl+C.</summary>
    void Request();
}
