using System.Globalization;

namespace LettaDr;

/// <summary>What is written about a deployment's Redis, before anybody has tried to reach it.</summary>
/// <param name="Member">The member that runs it; null when it runs elsewhere.</param>
/// <param name="Host">Host as Letta names it.</param>
/// <param name="Port">Port as Letta names it.</param>
/// <param name="Password">Its password; Letta itself knows none.</param>
/// <param name="NamedBy">The Letta server that names the host; null when it is named from outside Docker.</param>
internal sealed record CacheDraft(
    DeploymentMember? Member, SourcedText Host, int Port, SourcedText? Password, DeploymentMember? NamedBy = null)
{
    private const int DefaultPort = 6379;

    /// <summary>Draws up what the recognised members say; null when there is no Redis.</summary>
    public static CacheDraft? From(RecognisedMembers members)
    {
        var host = members.Server?.Variable("LETTA_REDIS_HOST");
        var port = ParsePort(members.Server?.Variable("LETTA_REDIS_PORT"));
        if (members.Cache is { } member)
        {
            return new CacheDraft(
                member, host ?? new SourcedText(member.Name, $"{member.Origin} image {member.Container.Image}"),
                host is null ? DefaultPort : port, Secret(member));
        }

        return host is null || LettaServer.IsItself(host.Value) ? null : new CacheDraft(null, host, port, null, members.Server);
    }

    /// <summary>From LETTA_REDIS_HOST and LETTA_REDIS_PORT; null when the first is not set.</summary>
    public static CacheDraft? From(IReadOnlyDictionary<string, SourcedText> environment) =>
        environment.TryGetValue("LETTA_REDIS_HOST", out var host) && host.Value.Length > 0
            ? new CacheDraft(null, host, ParsePort(environment.GetValueOrDefault("LETTA_REDIS_PORT")), environment.GetValueOrDefault("REDIS_PASSWORD"))
            : null;

    /// <summary>A port from LETTA_REDIS_PORT.</summary>
    /// <exception cref="LettaDrException">It is no port.</exception>
    private static int ParsePort(SourcedText? text) => text is null || text.Value.Length == 0
        ? DefaultPort
        : int.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 65536
            ? number
            : throw new LettaDrException(
                "RedisPortInvalid", FaultKind.InvalidArgument, $"LETTA_REDIS_PORT is not a port ({text.Source}).",
                "Set it to a number from 1 to 65535.");

    private static SourcedText? Secret(DeploymentMember member)
    {
        var command = member.Command;
        for (var i = 0; i + 1 < command.Count; i++)
        {
            if (command[i] == "--requirepass" && command[i + 1].Length > 0)
            {
                return new SourcedText(command[i + 1].Trim('"', '\''), $"{member.Origin} command --requirepass");
            }
        }

        return member.Variable("REDIS_PASSWORD");
    }
}
