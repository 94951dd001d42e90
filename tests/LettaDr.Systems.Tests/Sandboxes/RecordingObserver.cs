using System.Collections.Concurrent;

namespace LettaDr.Systems.Tests;

/// <summary>Keeps what an operation tells, and lets a test act on it.</summary>
internal sealed class RecordingObserver : IOperationObserver
{
    public ConcurrentQueue<string> Told { get; } = new();

    public Action<OperationProgress> OnProgress { get; init; } = static _ => { };

    public void Progress(OperationProgress progress)
    {
        Told.Enqueue(progress.ToString());
        OnProgress(progress);
    }

    public void Verbose(string message) => Told.Enqueue(message);

    public void Warning(string message) => Told.Enqueue("WARNING " + message);
}
