using System.Globalization;

namespace LettaDr.Systems;

/// <summary>A container that runs the Letta server.</summary>
internal static class LettaContainer
{
    /// <summary>Where it answers now, and with which password: each start may give it another address.</summary>
    public static async Task<ServerEndpoint> EndpointAsync(ContainerDetails details, DockerEngine engine, CancellationToken cancellationToken)
    {
        var environment = details.Environment;
        var port = environment.TryGetValue("LETTA_SERVER_PORT", out var text)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : LettaServer.DefaultPort;
        var route = await MemberRoute.FindAsync(ContainerMembers.From(details), port, engine, cancellationToken).ConfigureAwait(false);
        return new ServerEndpoint
        {
            BaseAddress = new UriBuilder(Uri.UriSchemeHttp, route.Host, route.Port).Uri,
            Password = environment.GetValueOrDefault("LETTA_SERVER_PASSWORD") is { Length: > 0 } password ? new Secret(password) : null,
            Container = details.Container,
        };
    }
}
