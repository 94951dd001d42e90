namespace LettaDr;

/// <summary>Recognises which service or container is Letta's database, cache and server, by what Letta itself is told of them.</summary>
internal static class MemberRecognition
{
    /// <summary>Recognises the members of one deployment.</summary>
    /// <param name="members">The services or containers that belong together.</param>
    /// <param name="neighbours">Others that the server may name as its database or cache.</param>
    /// <exception cref="LettaDrException">Several could be the database, and nothing tells which.</exception>
    public static RecognisedMembers Recognise(IReadOnlyList<DeploymentMember> members, IReadOnlyList<DeploymentMember>? neighbours = null)
    {
        var server = Server(members);
        var everyone = members
            .Concat((neighbours ?? []).Where(neighbour => server?.SharesNetworkWith(neighbour.Networks) == true)).ToList();
        var (database, reason) = Database(members, everyone, server);
        var recognised = new RecognisedMembers
        {
            Server = server,
            Database = database,
            DatabaseReason = reason,
            Cache = Cache(members, everyone, server),
            Proxies = [.. members.Where(member => ImageName.IsProxy(member.Container.Image))],
            All = members,
        };
        var joined = new[] { recognised.Database, recognised.Cache }.OfType<DeploymentMember>().Where(member => !members.Contains(member));
        return recognised with { All = [.. members, .. joined] };
    }

    /// <summary>Whether a variable tells the server where its database is.</summary>
    public static bool HasDatabaseSetting(DeploymentMember member) =>
        member.Variable("LETTA_PG_URI") is not null || member.Variable("LETTA_PG_HOST") is not null;

    private static DeploymentMember? Server(IReadOnlyList<DeploymentMember> members)
    {
        var candidates = members.Where(member =>
            !ImageName.IsPostgres(member.Container.Image) && !ImageName.IsRedis(member.Container.Image)
            && (HasDatabaseSetting(member) || ImageName.IsLettaLike(member.Container.Image))).ToList();
        return candidates.Find(member => member.Ports.Contains(LettaServer.DefaultPort)) ?? candidates.FirstOrDefault();
    }

    private static (DeploymentMember? Member, string Reason) Database(
        IReadOnlyList<DeploymentMember> members, List<DeploymentMember> everyone, DeploymentMember? server)
    {
        if (server is not null && LettaPostgresSettings.Find(server.Environment) is { } settings)
        {
            var host = settings.Endpoint.Host;
            return LettaServer.IsItself(host) && ImageName.IsLetta(server.Container.Image)
                ? (server, $"the server's own PostgreSQL, {settings.Sources["Host"]}")
                : (everyone.Find(member => member != server && member.AnswersTo(host)), settings.Sources["Host"]);
        }

        var candidates = members.Where(member => member != server && IsDatabase(member)).ToList();
        if (candidates.Count == 0 && server is not null && ImageName.IsLetta(server.Container.Image))
        {
            return (server, "Letta starts its own PostgreSQL when LETTA_PG_URI is not set");
        }

        foreach (var narrower in new Func<DeploymentMember, bool>[]
        {
            member => ImageName.IsVectorPostgres(member.Container.Image),
            member => member.Name.Contains("letta", StringComparison.OrdinalIgnoreCase)
                || member.Variable("POSTGRES_DB")?.Value == "letta",
        })
        {
            if (candidates.Count > 1 && candidates.Exists(new Predicate<DeploymentMember>(narrower)))
            {
                candidates = candidates.FindAll(new Predicate<DeploymentMember>(narrower));
            }
        }

        return candidates.Count > 1
            ? throw new LettaDrException(
                "DatabaseAmbiguous", FaultKind.InvalidArgument,
                $"Any of {string.Join(", ", candidates.Select(member => member.Origin))} could be Letta's database.",
                "Name the one that is by its container or its URI.")
            : (candidates.FirstOrDefault(), candidates.Count == 1 ? $"{candidates[0].Origin} image {candidates[0].Container.Image}" : string.Empty);
    }

    private static DeploymentMember? Cache(
        IReadOnlyList<DeploymentMember> members, List<DeploymentMember> everyone, DeploymentMember? server) =>
        server?.Variable("LETTA_REDIS_HOST") is { } host
            ? everyone.Find(member => member != server && member.AnswersTo(host.Value))
            : members.FirstOrDefault(member => member != server && ImageName.IsRedis(member.Container.Image));

    private static bool IsDatabase(DeploymentMember member) =>
        ImageName.IsPostgres(member.Container.Image)
        || ((member.Variable("POSTGRES_PASSWORD") ?? member.Variable("POSTGRES_PASSWORD_FILE")) is not null
            && (member.Ports.Count == 0 || member.Ports.Contains(5432)) && !ImageName.IsRedis(member.Container.Image));
}
