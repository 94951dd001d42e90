namespace LettaDr;

/// <summary>What <c>letta-dr.yaml</c> says of one deployment: where it is, where its sets go, what is demanded, and who is to be told.</summary>
public sealed record DrPlan
{
    /// <summary>The plan's name; also the deployment's in the repository where <see cref="Deployment"/> does not say otherwise.</summary>
    public required string Name { get; init; }

    /// <summary>The file it was read from; null when it was made otherwise.</summary>
    public string? Path { get; init; }

    /// <summary>The deployment, as <c>-Deployment</c> takes it as text; a relative path is relative to the plan's folder.</summary>
    public required string Deployment { get; init; }

    /// <summary>The directory that keeps the sets; a relative path is relative to the plan's folder.</summary>
    public required string Repository { get; init; }

    /// <summary>Thumbprints or files of certificates that open or seal the secrets in sets.</summary>
    public IReadOnlyList<string> Certificates { get; init; } = [];

    /// <summary>Where the passphrase of sets is found: <c>env:NAME</c> or <c>file:PATH</c>; null when there is none. Never the passphrase itself.</summary>
    public string? PassphraseFrom { get; init; }

    /// <summary>The recovery objectives.</summary>
    public RecoveryTargets Objectives { get; init; } = new();

    /// <summary>Which sets are kept.</summary>
    public RetentionPolicy Retention { get; init; } = new();

    /// <summary>How often each kind of test is due.</summary>
    public DrTestFrequencies Drills { get; init; } = new();

    /// <summary>Where the deployment can be brought up when its own site is lost.</summary>
    public IReadOnlyList<DrSite> Sites { get; init; } = [];

    /// <summary>Who is needed in a disaster.</summary>
    public IReadOnlyList<DrContact> Contacts { get; init; } = [];

    /// <summary>How stakeholders are told; null when nothing is said.</summary>
    public DrCommunication? Communication { get; init; }

    /// <summary>Which runbooks there are, and when they were last reviewed.</summary>
    public RunbookReviews Runbooks { get; init; } = new();

    /// <summary>Where alerts go.</summary>
    public IReadOnlyList<DrNotification> Notifications { get; init; } = [];

    /// <summary>The deployment, to be looked up.</summary>
    internal DeploymentReference ToReference() => new(Deployment) { IsPlanned = true };

    /// <inheritdoc/>
    public override string ToString() => Name;
}
