namespace LettaDr.Benchmarks;

/// <summary>A line of the table.</summary>
internal sealed record Measurement
{
    /// <summary>What was measured.</summary>
    public required string What { get; init; }

    /// <summary>Seconds of each round; the least counts.</summary>
    public required IReadOnlyList<double> Seconds { get; init; }

    /// <summary>Size in bytes of what it wrote; null where it writes nothing of interest.</summary>
    public long? Size { get; init; }

    /// <summary>Peak memory in bytes of our process; null for programs of others.</summary>
    public long? PeakBytes { get; init; }

    /// <summary>The one that it is compared with; null for one that others are compared with.</summary>
    public Measurement? ComparedWith { get; init; }

    public double Best => Seconds.Min();

    public double Ratio => ComparedWith is null ? 1 : Best / ComparedWith.Best;
}
