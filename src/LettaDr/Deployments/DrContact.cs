namespace LettaDr;

/// <summary>Somebody who is needed in a disaster.</summary>
public sealed record DrContact
{
    /// <summary>The person's, or the support's, name.</summary>
    public required string Name { get; init; }

    /// <summary>What for, e.g. <c>incident commander</c>, <c>database</c>, <c>cloud provider</c>.</summary>
    public required string Role { get; init; }

    /// <summary>A telephone number; null when there is none.</summary>
    public string? Phone { get; init; }

    /// <summary>An address of e-mail; null when there is none.</summary>
    public string? Email { get; init; }

    /// <summary>When it was last found to be right; null when never.</summary>
    public DateOnly? ValidatedOn { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Role})";
}
