namespace LettaDr;

/// <summary>Something that people have to know.</summary>
public sealed record DrAlert
{
    /// <summary>One line.</summary>
    public required string Title { get; init; }

    /// <summary>What happened and what to do, in sentences.</summary>
    public required string Message { get; init; }

    /// <summary>How grave it is.</summary>
    public DrAlertSeverity Severity { get; init; } = DrAlertSeverity.Warning;

    /// <summary>The deployment it is about; null when it is about none.</summary>
    public string? Deployment { get; init; }

    /// <summary>The checks it is about.</summary>
    public IReadOnlyList<CheckResult> Checks { get; init; } = [];

    /// <summary>When it was raised.</summary>
    public DateTimeOffset RaisedAt { get; init; } = DateTimeOffset.UtcNow;
}
