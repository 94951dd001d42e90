namespace LettaDr;

/// <summary>A recovery test and what came of it, in the six parts that the guide wants documented.</summary>
public sealed record DrTestResult
{
    /// <summary>Identifies it.</summary>
    public required string Id { get; init; }

    /// <summary>What was tested.</summary>
    public required DrTestScenario Scenario { get; init; }

    /// <summary>The deployment that the test counts for.</summary>
    public required string Deployment { get; init; }

    /// <summary>What it ran on: a sandbox's name, or the deployment itself.</summary>
    public required string Target { get; init; }

    /// <summary>Whether <see cref="Target"/> is a throw-away copy.</summary>
    public required bool IsSandbox { get; init; }

    /// <summary>The deployment's set that the copy was restored from; null where none was used.</summary>
    public string? BackupId { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it runs, or when its process died.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Passed only where every step passed and the planted fault was caught; null while it runs, or when its process died.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>Part 1: what it is to show, and what it covers and leaves out.</summary>
    public required IReadOnlyList<string> Objectives { get; init; }

    /// <summary>Part 2: what was there before: versions, images, sizes, settings; names and texts, no secrets.</summary>
    public IReadOnlyDictionary<string, string> Configuration { get; init; } = new Dictionary<string, string>();

    /// <summary>Parts 3 and 4: what was done, and what was observed and when.</summary>
    public IReadOnlyList<DrTestStep> Steps { get; init; } = [];

    /// <summary>Part 4: times measured against the objectives; empty where the scenario measures none.</summary>
    public IReadOnlyList<DrTestMeasurement> Measurements { get; init; } = [];

    /// <summary>The fault that was planted for verification to catch.</summary>
    public string? PlantedFault { get; init; }

    /// <summary>Whether it was caught; null when it was not planted.</summary>
    public bool? FaultCaught { get; init; }

    /// <summary>Part 5: what went otherwise than it should, and what was done about it.</summary>
    public IReadOnlyList<DrTestIssue> Issues { get; init; } = [];

    /// <summary>Part 6: what should be done now.</summary>
    public IReadOnlyList<string> Recommendations { get; init; } = [];

    /// <summary>The machine it ran on.</summary>
    public required string Machine { get; init; }

    /// <summary>The process that ran it.</summary>
    public required int ProcessId { get; init; }

    /// <summary>
    /// Whether it ran on the deployment itself, or on a copy of it restored from its set. A stand-in with made-up rows practises the
    /// procedure and proves nothing about the deployment.
    /// </summary>
    public bool IsEvidence => !IsSandbox || BackupId is not null;

    /// <summary>How long it took; null while it runs.</summary>
    public TimeSpan? Duration => EndedAt - StartedAt;

    /// <inheritdoc/>
    public override string ToString() => $"{Scenario} of {Deployment}: {(Outcome is { } outcome ? outcome.ToString() : "not ended")}";
}
