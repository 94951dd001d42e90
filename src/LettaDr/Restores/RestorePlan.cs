namespace LettaDr;

/// <summary>What <c>Restore-LettaSystem</c> is going to do, to be read, edited and piped in.</summary>
public sealed record RestorePlan
{
    /// <summary>The set.</summary>
    public required Backup Backup { get; init; }

    /// <summary>The deployment's name, which is the Compose project's.</summary>
    public required string Deployment { get; init; }

    /// <summary>The folder that the configuration is restored to; null where the deployment's own files are used as they are.</summary>
    public string? Destination { get; init; }

    /// <summary>The Compose files that bring it up, in the order merged, full paths; they need not be there yet. None outside Compose.</summary>
    public IReadOnlyList<string> ComposeFiles { get; init; } = [];

    /// <summary>The deployment as it was found; null where there is none yet.</summary>
    public LettaDeployment? Target { get; init; }

    /// <summary>The steps in their order.</summary>
    public required IReadOnlyList<RestorePlanStep> Steps { get; init; }

    /// <summary>What stands in the way, a sentence each; a plan with any is refused before anything is touched.</summary>
    public IReadOnlyList<string> Obstacles { get; init; } = [];

    /// <summary>Whether a step is part of it, left out or not.</summary>
    internal bool Restores(RestoreStepKind kind) => Steps.Any(step => step.Kind == kind);

    /// <inheritdoc/>
    public override string ToString() => $"{Backup.Id} to {Deployment}";
}
