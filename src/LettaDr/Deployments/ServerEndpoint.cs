namespace LettaDr;

/// <summary>Where a deployment's Letta server answers, as seen from this machine.</summary>
public sealed record ServerEndpoint
{
    /// <summary>Base address of the REST API, e.g. <c>http://localhost:8283/</c>.</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>The bearer token (<c>LETTA_SERVER_PASSWORD</c>); null when the server asks for none.</summary>
    public Secret? Password { get; init; }

    /// <summary>The container that runs it; null when it is not in this machine's Docker.</summary>
    public DeploymentContainer? Container { get; init; }

    /// <inheritdoc/>
    public override string ToString() => BaseAddress.ToString();
}
