using System.Globalization;

namespace LettaDr;

/// <summary>What is written about a deployment's database, before anybody has tried to reach it.</summary>
internal sealed record DatabaseDraft
{
    /// <summary>The member that runs it; null when it runs elsewhere.</summary>
    public DeploymentMember? Member { get; init; }

    /// <summary>The Letta server that names the host; null when it is named from outside Docker.</summary>
    public DeploymentMember? NamedBy { get; init; }

    /// <summary>Host as Letta names it.</summary>
    public required SourcedText Host { get; init; }

    /// <summary>Port as Letta names it: inside the member's network.</summary>
    public required SourcedText Port { get; init; }

    /// <summary>Name of the database.</summary>
    public required SourcedText Database { get; init; }

    /// <summary>Roles, the likeliest first.</summary>
    public required IReadOnlyList<DatabaseLogin> Logins { get; init; }

    /// <summary>libpq's sslmode; null when nothing is said.</summary>
    public SourcedText? SslMode { get; init; }

    /// <summary>A database that is named by itself, as in a URI or in the environment.</summary>
    /// <param name="endpoint">The endpoint as named.</param>
    /// <param name="sources">Where its parts (Host, Port, Name, User, Password, SslMode) were found.</param>
    public static DatabaseDraft From(DatabaseEndpoint endpoint, IReadOnlyDictionary<string, string> sources) => new()
    {
        Host = new(endpoint.Host, sources["Host"]),
        Port = new(endpoint.Port.ToString(CultureInfo.InvariantCulture), sources["Port"]),
        Database = new(endpoint.Database, sources["Name"]),
        Logins = [new DatabaseLogin(
            new(endpoint.UserName, sources["User"]), endpoint.Password, endpoint.Password is null ? "none given" : sources["Password"])],
        SslMode = endpoint.SslMode is { } mode ? new(mode, sources["SslMode"]) : null,
    };

    /// <summary>Draws up what the recognised members say.</summary>
    /// <exception cref="LettaDrException">There is no database among them.</exception>
    public static DatabaseDraft From(RecognisedMembers members, string deployment)
    {
        var member = members.Database;
        var settings = members.Server is { } server ? LettaPostgresSettings.Find(server.Environment) : null;
        if (member is null && settings is null)
        {
            throw new LettaDrException(
                "DatabaseNotFound", FaultKind.NotFound, $"{deployment} has no PostgreSQL: no service of it runs one, and none names one in LETTA_PG_URI.",
                "Name the database by its URI.", deployment);
        }

        var logins = new List<DatabaseLogin>();
        if (member is not null && OwnLogin(member, isServer: member == members.Server) is { } own)
        {
            logins.Add(own);
        }

        if (settings is { } found)
        {
            logins.AddRange(From(found.Endpoint, found.Sources).Logins);
        }

        var named = settings is { } said ? From(said.Endpoint, said.Sources) : null;
        return new DatabaseDraft
        {
            Member = member,
            NamedBy = members.Server,
            Host = named?.Host ?? new(member!.Name, members.DatabaseReason),
            Port = named?.Port ?? new("5432", "PostgreSQL's default"),
            Database = named?.Database ?? OwnDatabase(member!),
            Logins = logins.Count > 0 ? logins : [new DatabaseLogin(new SourcedText("postgres", "PostgreSQL's default"), null, "none found")],
            SslMode = named?.SslMode,
        };
    }

    /// <summary>The cluster's owner as the image's entry point made it: it may read and restore everything, so it comes first.</summary>
    public static DatabaseLogin? OwnLogin(DeploymentMember member, bool isServer)
    {
        var password = member.Variable("POSTGRES_PASSWORD");
        var trusts = member.Variable("POSTGRES_HOST_AUTH_METHOD")?.Value == "trust";
        if (password is null && !trusts && !isServer)
        {
            return null;
        }

        var user = member.Variable("POSTGRES_USER")
            ?? (isServer
                ? new SourcedText("letta", "default of Letta's image")
                : new SourcedText("postgres", "PostgreSQL's default"));
        password ??= isServer ? new SourcedText("letta", "default of Letta's image") : null;
        return new DatabaseLogin(
            user, password is null ? null : new Secret(password.Value), password?.Source ?? member.Variable("POSTGRES_HOST_AUTH_METHOD")!.Source);
    }

    private static SourcedText OwnDatabase(DeploymentMember member) =>
        member.Variable("POSTGRES_DB")
        ?? member.Variable("POSTGRES_USER")
        ?? (ImageName.IsLetta(member.Container.Image)
            ? new SourcedText("letta", "default of Letta's image")
            : new SourcedText("postgres", "PostgreSQL's default"));
}
