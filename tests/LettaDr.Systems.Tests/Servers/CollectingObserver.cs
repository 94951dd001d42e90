using System.Collections.Concurrent;

namespace LettaDr.Systems.Tests;

/// <summary>Keeps what an operation tells, and lets a test act in the middle of it.</summary>
internal sealed class CollectingObserver : IOperationObserver
{
    public ConcurrentQueue<string> Messages { get; } = new();

    public ConcurrentQueue<string> Warnings { get; } = new();

    public ConcurrentQueue<OperationProgress> Reports { get; } = new();

    /// <summary>Called on each report of progress, on the operation's own thread.</summary>
    public Action<OperationProgress> OnProgress { get; init; } = static _ => { };

    /// <summary>Called with each step's sentence as it begins, on the operation's own thread.</summary>
    public Action<string> OnStep { get; init; } = static _ => { };

    public void Progress(OperationProgress progress)
    {
        Reports.Enqueue(progress);
        OnProgress(progress);
    }

    public void Verbose(string message)
    {
        Messages.Enqueue(message);
        OnStep(message);
    }

    public void Warning(string message) => Warnings.Enqueue(message);
}
