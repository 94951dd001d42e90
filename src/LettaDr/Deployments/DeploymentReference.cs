namespace LettaDr;

/// <summary>
/// What a cmdlet's <c>-Deployment</c> takes: a <see cref="LettaDeployment"/>, or a text that names one
/// (compose file, folder with one, PostgreSQL URI, Compose project, container).
/// </summary>
public sealed class DeploymentReference
{
    /// <summary>Refers to a deployment already found.</summary>
    public DeploymentReference(LettaDeployment deployment)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        Deployment = deployment;
    }

    /// <summary>Refers to a deployment by text; nothing is looked up yet.</summary>
    public DeploymentReference(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        Text = text;
    }

    /// <summary>The deployment, when the reference was made from one.</summary>
    public LettaDeployment? Deployment { get; }

    /// <summary>The text, when the reference was made from one. It may hold a password: never show it.</summary>
    internal string? Text { get; }

    /// <summary>Whether a plan says it, whose paths are absolute by then: a bare name is no folder that happens to lie where somebody stands.</summary>
    internal bool IsPlanned { get; init; }

    /// <summary>The deployment's name, or the text without what could be a password.</summary>
    public override string ToString() => Deployment?.Name ?? PostgresUri.Redact(Text!);
}
