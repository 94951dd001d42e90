namespace LettaDr;

/// <summary>One step of an operation.</summary>
public sealed record JournalStep
{
    /// <summary>What the step does, e.g. <c>Copy table rows</c>.</summary>
    public required string Name { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took; null while it runs, or when the process died in it.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>How it ended; null while it runs.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>Bytes it moved, if it moved any.</summary>
    public long? Bytes { get; init; }

    /// <summary>What was seen, in a sentence.</summary>
    public string? Detail { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Duration is { } duration ? $"{Name} {duration.TotalSeconds:0.0} s" : Name;
}
