using System.Net.Http.Headers;

namespace LettaDr.Systems;

/// <summary>Clients of a Letta server.</summary>
internal static class LettaHttp
{
    /// <summary>A client with the server's address and password, which goes past any proxy.</summary>
    /// <param name="endpoint">The server; without one the client has no address.</param>
    /// <param name="limit">How long one request may take.</param>
    public static HttpClient Create(ServerEndpoint? endpoint, TimeSpan limit)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = limit }) { Timeout = limit, BaseAddress = endpoint?.BaseAddress };
        if (endpoint?.Password is { } password)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", password.Reveal());
        }

        return client;
    }
}
