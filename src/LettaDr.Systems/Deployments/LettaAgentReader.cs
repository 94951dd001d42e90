using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace LettaDr.Systems;

/// <summary>Reads all agents through Letta's REST API, as a client of Letta's sees them.</summary>
/// <remarks>
/// <c>GET /v1/agents/</c> lists the agents of the organization of the user who asks, which is the default one when nobody is named,
/// at most <c>limit</c> of them, from the one after <c>after</c> on; hidden ones on request.
/// </remarks>
internal sealed class LettaAgentReader(ServerEndpoint endpoint, int pageSize = 100) : IDisposable
{
    /// <summary>The organization of who asks without naming a user.</summary>
    public const string DefaultOrganization = "org-00000000-0000-4000-8000-000000000000";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly HttpClient _client = LettaHttp.Create(endpoint, Limit);

    /// <summary>Each agent once, oldest first.</summary>
    /// <exception cref="LettaDrException">The server cannot be reached, refuses the password, or answers anything but agents.</exception>
    public async IAsyncEnumerable<LettaAgent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? last = null;
        while (true)
        {
            var page = await PageAsync(last, cancellationToken).ConfigureAwait(false);
            var fresh = page.Where(agent => seen.Add(agent.Id)).ToList();
            if (fresh.Count == 0)
            {
                // The end; or a server that does not page, whose whole list has come at once.
                yield break;
            }

            foreach (var agent in fresh)
            {
                yield return agent;
            }

            last = page[^1].Id;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<List<LettaAgent>> PageAsync(string? after, CancellationToken cancellationToken)
    {
        // Servers up to 0.11 know only the older word for the order.
        var query = $"v1/agents/?limit={pageSize}&order=asc&ascending=true&show_hidden_agents=true"
            + (after is null ? string.Empty : $"&after={Uri.EscapeDataString(after)}");
        try
        {
            using var response = await _client.GetAsync(new Uri(query, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            Require(response.StatusCode);
            using var body = await JsonDocument.ParseAsync(
                await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), default, cancellationToken).ConfigureAwait(false);
            return body.RootElement.ValueKind == JsonValueKind.Array ? [.. body.RootElement.EnumerateArray().Select(Agent)] : throw NotLetta(null);
        }
        catch (HttpRequestException lost)
        {
            throw new LettaDrException(
                "ServerUnreachable", FaultKind.Unreachable, $"The Letta server at {endpoint} cannot be reached: {lost.Message}.",
                "See that it runs and listens there (Test-LettaDeployment).", endpoint, lost);
        }
        catch (JsonException garbled)
        {
            throw NotLetta(garbled);
        }
        catch (OperationCanceledException slow) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LettaDrException(
                "ServerUnreachable", FaultKind.Unreachable, $"The Letta server at {endpoint} did not answer within {Limit.TotalSeconds:0} s.",
                "See the server's log.", endpoint, slow);
        }
    }

    private LettaAgent Agent(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String
            ? new LettaAgent(id.GetString()!, element.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null)
            : throw NotLetta(null);

    private void Require(HttpStatusCode status)
    {
        if (status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            throw new LettaDrException(
                "ServerRefusedPassword", FaultKind.AuthenticationFailed,
                $"The Letta server at {endpoint} refuses {(endpoint.Password is null ? "a request without a password" : "the password")} ({(int)status}).",
                "Set LETTA_SERVER_PASSWORD to the server's password.", endpoint);
        }

        if (status != HttpStatusCode.OK)
        {
            throw new LettaDrException(
                "ServerFailed", FaultKind.OperationFailed, $"The Letta server at {endpoint} answers {(int)status} when it is to list its agents.",
                "See Test-LettaDeployment and the server's log: it may not be able to use its database.", endpoint);
        }
    }

    private LettaDrException NotLetta(Exception? cause) => new(
        "NotALettaServer", FaultKind.Incompatible, $"What answers at {endpoint} does not list agents as Letta does.",
        "Check the address.", endpoint, cause);
}
