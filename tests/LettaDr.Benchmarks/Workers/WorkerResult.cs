namespace LettaDr.Benchmarks;

/// <summary>What a worker measured.</summary>
internal sealed record WorkerResult
{
    /// <summary>Seconds that Import-Module took, the engine being up.</summary>
    public double ImportSeconds { get; init; }

    /// <summary>Seconds that each call of the cmdlet took.</summary>
    public IReadOnlyList<double> Seconds { get; init; } = [];

    /// <summary>How many objects the last call wrote.</summary>
    public int Count { get; init; }

    /// <summary>The largest resident size that the process ever had, in bytes, the engine included.</summary>
    public long PeakBytes { get; init; }

    /// <summary>The properties asked for, of the last object.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <summary>What the operation's steps took, where it tells.</summary>
    public IReadOnlyDictionary<string, double> Steps { get; init; } = new Dictionary<string, double>();
}
