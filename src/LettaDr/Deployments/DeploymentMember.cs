namespace LettaDr;

/// <summary>What is known of one service of a Compose file, or of one container, before its part in Letta is recognised.</summary>
internal sealed record DeploymentMember
{
    /// <summary>Name of the service, or of the container outside Compose.</summary>
    public required string Name { get; init; }

    /// <summary>Where its facts stand, e.g. <c>compose.yaml services.letta_db</c> or <c>container letta-db-1</c>.</summary>
    public required string Origin { get; init; }

    /// <summary>What users see of it.</summary>
    public required DeploymentContainer Container { get; init; }

    /// <summary>Its environment; values may be secrets.</summary>
    public IReadOnlyDictionary<string, SourcedText> Environment { get; init; } = new Dictionary<string, SourcedText>();

    /// <summary>Names by which other members reach it.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Its addresses on Docker's networks.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Docker's networks that it is on, by identifier; empty where nobody can say.</summary>
    public IReadOnlyList<string> Networks { get; init; } = [];

    /// <summary>Ports on which it listens as far as it says so.</summary>
    public IReadOnlyList<int> Ports { get; init; } = [];

    /// <summary>Where on this machine a published port answers, when that is not every address.</summary>
    public IReadOnlyDictionary<int, string> PublishedHosts { get; init; } = new Dictionary<int, string>();

    /// <summary>Its command with arguments.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Files of this machine that the member sees as Docker secrets: path inside to path here.</summary>
    public IReadOnlyDictionary<string, string> SecretFiles { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether it uses this machine's own network.</summary>
    public bool UsesHostNetwork { get; init; }

    /// <summary>A variable that is set and not empty.</summary>
    public SourcedText? Variable(string name) =>
        Environment.TryGetValue(name, out var found) && found.Value.Length > 0 ? found : null;

    /// <summary>Whether another member may reach it by this host name or address.</summary>
    public bool AnswersTo(string host) =>
        string.Equals(host, Name, StringComparison.OrdinalIgnoreCase)
        || Aliases.Contains(host, StringComparer.OrdinalIgnoreCase)
        || Addresses.Contains(host, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether names of Docker mean the same to both: each of its networks has its own.</summary>
    public bool SharesNetworkWith(IReadOnlyList<string> networks) =>
        Networks.Count == 0 || networks.Count == 0 || Networks.Intersect(networks, StringComparer.Ordinal).Any();

    /// <inheritdoc/>
    public override string ToString() => Origin;
}
