namespace LettaDr;

/// <summary>Where a Letta deployment's PostgreSQL database is, as seen from this machine, and who connects to it.</summary>
public sealed record DatabaseEndpoint
{
    /// <summary>Host name or address to connect to from this machine.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port.</summary>
    public int Port { get; init; } = 5432;

    /// <summary>Name of the database.</summary>
    public required string Database { get; init; }

    /// <summary>Role to connect as.</summary>
    public required string UserName { get; init; }

    /// <summary>Its password; null when none is known (trust, peer, or a pgpass file).</summary>
    public Secret? Password { get; init; }

    /// <summary>libpq's <c>sslmode</c> (<c>disable</c> … <c>verify-full</c>); null leaves the driver's default.</summary>
    public string? SslMode { get; init; }

    /// <summary>The schema that an unqualified name resolves to; null while nobody has asked the server.</summary>
    public string? Schema { get; init; }

    /// <summary>The container that runs the server; null when it is not in this machine's Docker.</summary>
    public DeploymentContainer? Container { get; init; }

    /// <summary><c>user@host:port/database</c>, without the password.</summary>
    public override string ToString() => $"{UserName}@{Host}:{Port}/{Database}";
}
