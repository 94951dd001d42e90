using System.Collections.Concurrent;

namespace LettaDr.Tests;

/// <summary>Keeps what an operation tells.</summary>
internal sealed class RecordingObserver : IOperationObserver
{
    public ConcurrentQueue<OperationProgress> Reports { get; } = [];

    public ConcurrentQueue<string> Lines { get; } = [];

    public ConcurrentQueue<string> Warnings { get; } = [];

    public void Progress(OperationProgress progress) => Reports.Enqueue(progress);

    public void Verbose(string message) => Lines.Enqueue(message);

    public void Warning(string message) => Warnings.Enqueue(message);
}
