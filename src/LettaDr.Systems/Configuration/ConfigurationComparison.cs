using System.Security.Cryptography.X509Certificates;

namespace LettaDr.Systems;

/// <summary>Compares the configurations of deployments and sets, or of the instances within one deployment.</summary>
/// <param name="certificates">Certificates that open what sets hold encrypted; those of the user's store are tried too.</param>
/// <param name="passphrase">The passphrase that opens it.</param>
/// <param name="observer">Is told what could not be read.</param>
internal sealed class ConfigurationComparison(IReadOnlyList<X509Certificate2> certificates, Secret? passphrase, IOperationObserver observer)
{
    private readonly ConfigurationComparer _comparer = new();

    /// <summary>A deployment as it is now.</summary>
    public async Task<ConfigurationSide> ReadAsync(LettaDeployment deployment, CancellationToken cancellationToken)
    {
        using var engine = await DockerEngine.TryConnectAsync(cancellationToken).ConfigureAwait(false);
        return Learnt(await new DeploymentConfiguration(engine).ReadAsync(deployment, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>A set.</summary>
    public ConfigurationSide Read(Backup backup, IBackupRepository repository) =>
        Learnt(new SetConfiguration(repository, backup).Read(certificates, passphrase));

    /// <summary>The instances of a deployment: each container with the Compose files, and replicas with each other.</summary>
    /// <exception cref="LettaDrException">No engine answers, it has no container of the deployment, or the Compose files cannot be read.</exception>
    public async Task<IReadOnlyList<(ConfigurationSide Left, ConfigurationSide Right)>> PairsAsync(
        LettaDeployment deployment, CancellationToken cancellationToken)
    {
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var comparison = new InstanceComparison(engine, deployment);
        var pairs = await comparison.PairsAsync(withFiles: true, cancellationToken).ConfigureAwait(false);
        if (pairs.Count == 0)
        {
            throw new LettaDrException(
                "NothingToCompare", FaultKind.NotFound,
                $"Deployment {deployment.Name} has neither containers of a Compose project nor a second container of any service.",
                "Name what to compare it with: another deployment, or a set (-Difference).", deployment.Name);
        }

        foreach (var (left, right) in pairs)
        {
            Learnt(left);
            Learnt(right);
        }

        return pairs;
    }

    /// <summary>The differences of two sides that were read.</summary>
    public IEnumerable<ConfigurationDifference> Compare(ConfigurationSide left, ConfigurationSide right, bool includeEqual) =>
        _comparer.Compare(left, right, includeEqual);

    private ConfigurationSide Learnt(ConfigurationSide side)
    {
        _comparer.Learn(side);
        side.Notes.ForEach(observer.Verbose);
        side.Missing.ForEach(missing => observer.Warning($"Not compared: {missing}"));

        return side;
    }
}
