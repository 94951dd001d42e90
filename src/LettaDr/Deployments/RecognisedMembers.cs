namespace LettaDr;

/// <summary>Which member of a deployment is what.</summary>
internal sealed record RecognisedMembers
{
    /// <summary>The Letta server.</summary>
    public DeploymentMember? Server { get; init; }

    /// <summary>The container of PostgreSQL; null when it runs elsewhere.</summary>
    public DeploymentMember? Database { get; init; }

    /// <summary>Why <see cref="Database"/> is thought to be it.</summary>
    public string DatabaseReason { get; init; } = string.Empty;

    /// <summary>The container of Redis; null when there is none, or it runs elsewhere.</summary>
    public DeploymentMember? Cache { get; init; }

    /// <summary>Web servers in front of Letta.</summary>
    public IReadOnlyList<DeploymentMember> Proxies { get; init; } = [];

    /// <summary>Every member, in the order given.</summary>
    public IReadOnlyList<DeploymentMember> All { get; init; } = [];

    /// <summary>Whether anything in it speaks of Letta, and not only of some PostgreSQL and Redis.</summary>
    public bool IsLetta =>
        Server is not null
        || (Database is { } database
            && (ImageName.IsVectorPostgres(database.Container.Image)
                || All.Any(member => member.Name.Contains("letta", StringComparison.OrdinalIgnoreCase))
                || database.Variable("POSTGRES_DB")?.Value == "letta"
                || database.Variable("POSTGRES_USER")?.Value == "letta"));
}
