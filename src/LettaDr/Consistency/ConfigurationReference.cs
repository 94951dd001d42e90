namespace LettaDr;

/// <summary>
/// A side of <c>Compare-LettaConfiguration</c>: a <see cref="LettaDeployment"/>, a <see cref="LettaDr.Backup"/>, or a text that names
/// a deployment.
/// </summary>
public sealed class ConfigurationReference
{
    /// <summary>Refers to a deployment already found.</summary>
    public ConfigurationReference(LettaDeployment deployment) => Deployment = new DeploymentReference(deployment);

    /// <summary>Refers to the configuration that a set holds.</summary>
    public ConfigurationReference(Backup backup)
    {
        ArgumentNullException.ThrowIfNull(backup);
        Backup = backup;
    }

    /// <summary>Refers to a deployment by text: Compose file, folder with one, PostgreSQL URI, Compose project, container.</summary>
    public ConfigurationReference(string text) => Deployment = new DeploymentReference(text);

    private ConfigurationReference(DeploymentReference deployment) => Deployment = deployment;

    /// <summary>The deployment; null when a set is meant.</summary>
    public DeploymentReference? Deployment { get; }

    /// <summary>The set; null when a deployment is meant.</summary>
    public Backup? Backup { get; }

    /// <summary>Refers to what a cmdlet's <c>-Deployment</c> refers to.</summary>
    internal static ConfigurationReference Of(DeploymentReference deployment) => new(deployment);

    /// <summary>The set's id, or the deployment's name without what could be a password.</summary>
    public override string ToString() => Backup?.Id ?? Deployment!.ToString();
}
