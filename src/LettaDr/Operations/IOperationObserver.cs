namespace LettaDr;

/// <summary>Who watches an operation: a cmdlet's streams, a test, nobody. Called from any thread.</summary>
public interface IOperationObserver
{
    /// <summary>Reports progress; may be called often.</summary>
    void Progress(OperationProgress progress);

    /// <summary>Tells what is being done, one sentence a step.</summary>
    void Verbose(string message);

    /// <summary>Tells of something that the user should know although the operation goes on.</summary>
    void Warning(string message);
}
