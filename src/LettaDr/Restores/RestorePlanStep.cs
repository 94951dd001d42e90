namespace LettaDr;

/// <summary>One step of a <see cref="RestorePlan"/>.</summary>
public sealed class RestorePlanStep
{
    /// <summary>Makes a step.</summary>
    public RestorePlanStep(RestoreStepKind kind, string description)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(description);
        (Kind, Description) = (kind, description);
    }

    /// <summary>What it does.</summary>
    public RestoreStepKind Kind { get; }

    /// <summary>The same in words, with what it is done to.</summary>
    public string Description { get; }

    /// <summary>Leaves the step out; to be set before the plan is given to <c>Restore-LettaSystem</c>.</summary>
    public bool Skip { get; set; }

    /// <inheritdoc/>
    public override string ToString() => Skip ? $"{Kind} (left out)" : Kind.ToString();
}
