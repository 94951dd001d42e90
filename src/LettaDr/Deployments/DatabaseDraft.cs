namespace LettaDr;

/// <summary>What is written about a deployment's database, before anybody has tried to reach it.</summary>
internal sealed record DatabaseDraft
{
    /// <summary>The member that runs it; null when it runs elsewhere.</summary>
    public DeploymentMember? Member { get; init; }

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
            logins.Add(new DatabaseLogin(
                new SourcedText(found.Endpoint.UserName, found.Sources["User"]), found.Endpoint.Password, found.Sources["Password"]));
        }

        return new DatabaseDraft
        {
            Member = member,
            Host = settings is { } s ? new(s.Endpoint.Host, s.Sources["Host"]) : new(member!.Name, members.DatabaseReason),
            Port = settings is { } p ? new(p.Endpoint.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), p.Sources["Port"]) : new("5432", "PostgreSQL's default"),
            Database = settings is { } d ? new(d.Endpoint.Database, d.Sources["Name"]) : OwnDatabase(member!),
            Logins = logins.Count > 0 ? logins : [new DatabaseLogin(new SourcedText("postgres", "PostgreSQL's default"), null, "none found")],
            SslMode = settings is { Endpoint.SslMode: { } mode } ? new SourcedText(mode, settings.Value.Sources["SslMode"]) : null,
        };
    }

    /// <summary>The cluster's owner as the image's entry point made it: it may read and restore everything, so it comes first.</summary>
    private static DatabaseLogin? OwnLogin(DeploymentMember member, bool isServer)
    {
        var password = member.Variable("POSTGRES_PASSWORD");
        var trusts = member.Variable("POSTGRES_HOST_AUTH_METHOD")?.Value == "trust";
        if (password is null && !trusts && !isServer)
        {
            return null;
        }

        var user = member.Variable("POSTGRES_USER")
            ?? (isServer ? new SourcedText("letta", "default of Letta's image") : new SourcedText("postgres", "PostgreSQL's default"));
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
