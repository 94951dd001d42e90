namespace LettaDr;

/// <summary>A runbook, and when it was last reviewed.</summary>
public sealed record RunbookDocument
{
    /// <summary>Its name, e.g. <c>Database corruption</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is kept: a file, relative to the plan's folder, or an address.</summary>
    public required string Location { get; init; }

    /// <summary>When it was last reviewed; null when never.</summary>
    public DateOnly? ReviewedOn { get; init; }

    /// <summary>Who reviewed it.</summary>
    public string? Reviewer { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
