namespace LettaDr;

/// <summary>Nobody watches.</summary>
internal sealed class NoObserver : IOperationObserver
{
    public static NoObserver Instance { get; } = new();

    public void Progress(OperationProgress progress)
    {
    }

    public void Verbose(string message)
    {
    }

    public void Warning(string message)
    {
    }
}
