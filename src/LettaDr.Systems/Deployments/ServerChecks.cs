using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace LettaDr.Systems;

/// <summary>The checks of a deployment's Letta server. Its health page never asks the database, so it alone proves nothing.</summary>
internal sealed class ServerChecks : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private readonly ServerEndpoint? _endpoint;
    private readonly HttpClient _client;

    public ServerChecks(ServerEndpoint? endpoint)
    {
        _endpoint = endpoint;
        _client = LettaHttp.Create(endpoint, Limit);
    }

    /// <summary>Their names in order.</summary>
    public static IReadOnlyList<string> Names { get; } = ["ServerHealth", "ServerReady"];

    public async IAsyncEnumerable<CheckResult> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Func<CancellationToken, Task<Check>>[] checks = [HealthAsync, ListAsync];
        for (var i = 0; i < checks.Length; i++)
        {
            var check = checks[i];
            yield return await Check.RunAsync(
                Names[i],
                _endpoint?.ToString() ?? "Letta server",
                () => _endpoint is null
                    ? Task.FromResult(Check.NotRun("No Letta server is known.",
                        "Set LETTA_BASE_URL, or name the deployment by its Compose file."))
                    : AskAsync(check, cancellationToken),
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The last of the checks alone: whether the server answers a query of its database.</summary>
    public Task<CheckResult> ReadyAsync(CancellationToken cancellationToken) =>
        Check.RunAsync(Names[^1], _endpoint!.ToString(), () => AskAsync(ListAsync, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<Check> HealthAsync(CancellationToken cancellationToken)
    {
        using var response = await _client.GetAsync(new Uri("v1/health/", UriKind.Relative), cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            return Check.Failed($"The health page answers {(int)response.StatusCode}.", "See the server's log.");
        }

        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
        var version = body.RootElement.ValueKind == JsonValueKind.Object
            && body.RootElement.TryGetProperty("version", out var text) ? text.ToString() : null;
        return version is null
            ? Check.Failed("What answers there is not a Letta server: its health page tells no version.", "Check the address.")
            : Check.Passed($"Letta {version} answers its health page, which does not ask the database.");
    }

    private async Task<Check> ListAsync(CancellationToken cancellationToken)
    {
        using var response = await _client.GetAsync(new Uri("v1/agents/?limit=1", UriKind.Relative), cancellationToken).ConfigureAwait(false);
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            return Check.Failed(
                $"The server refuses {(_endpoint!.Password is null ? "a request without a password" : "the password")} ({(int)response.StatusCode}).",
                "Set LETTA_SERVER_PASSWORD to the server's password.");
        }

        if (!response.IsSuccessStatusCode)
        {
            return Check.Failed(
                $"Listing one agent answers {(int)response.StatusCode}: the server runs but cannot use its database.",
                "See the database's checks, then the server's log.");
        }

        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
        return body.RootElement.ValueKind == JsonValueKind.Array
            ? Check.Passed($"The server lists agents from its database ({(body.RootElement.GetArrayLength() == 0 ? "none yet" : "at least one")}).")
            : Check.Failed("What answers there does not list agents.", "Check the address.");
    }

    private async Task<Check> AskAsync(Func<CancellationToken, Task<Check>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask(cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception)
        {
            return Check.Failed($"{_endpoint} cannot be reached: {exception.Message}.",
                "Check that the server runs and listens there.");
        }
        catch (JsonException)
        {
            return Check.Failed($"What answers at {_endpoint} is not JSON.", "Check the address.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Check.Failed($"{_endpoint} did not answer within {Limit.TotalSeconds:0} s.", "See the server's log.");
        }
    }
}
