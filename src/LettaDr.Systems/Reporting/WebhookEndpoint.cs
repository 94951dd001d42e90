using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace LettaDr.Systems;

/// <summary>An endpoint that takes JSON by POST: a generic webhook, Slack's, or Teams'.</summary>
internal sealed class WebhookEndpoint : IAlertEndpoint
{
    private const int LongestBody = 4096;

    private readonly DrNotificationKind _kind;
    private readonly Uri _address;
    private readonly HttpClient _client;

    public WebhookEndpoint(DrNotificationKind kind, Uri address)
    {
        _kind = kind;
        _address = address;

        // A redirect is not followed: it would give the alert, and an address that is a secret, to somebody whom the plan does not name.
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = !address.IsLoopback })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _client.DefaultRequestHeaders.UserAgent.Add(
            new ProductInfoHeaderValue("LettaDr", typeof(AlertSender).Assembly.GetName().Version!.ToString(3)));
    }

    public async Task<AlertAttempt> TryAsync(DrAlert alert, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ByteArrayContent(AlertDocument.Of(alert, _kind)) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return Judge(response, await BodyAsync(response, cancellationToken).ConfigureAwait(false));
        }
        catch (HttpRequestException failure)
        {
            return Judge(failure);
        }
        catch (IOException failure)
        {
            return AlertAttempt.Passing($"The connection to {_address.Authority} broke off: {Text(failure.Message)}");
        }
    }

    public void Dispose() => _client.Dispose();

    private static async Task<string> BodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var buffer = new byte[LongestBody];
        return Encoding.UTF8.GetString(
            buffer, 0, await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false));
    }

    private AlertAttempt Judge(HttpResponseMessage response, string body)
    {
        var status = (int)response.StatusCode;
        var said = $"{status} {Text(body)}".TrimEnd();
        return status switch
        {
            >= 200 and < 300 => Acknowledges(response.StatusCode, body.Trim()) ? new AlertAttempt(true, said)
                : AlertAttempt.Final($"It answered, but did not acknowledge the alert: {said}"),
            >= 300 and < 400 => AlertAttempt.Final(
                $"It answered {status} and points elsewhere{(response.Headers.Location is { IsAbsoluteUri: true } other ? $", to {other.Host}" : "")}; "
                + "redirects are not followed. Put the new address where the plan says that it is found."),
            408 or 429 or >= 500 => new AlertAttempt(false, said, MayRetry: true, RetryAfter(response)),
            _ => AlertAttempt.Final(said),
        };
    }

    // Slack answers ok; Teams' workflows 202, and its connectors of old 200 also with a failure in the body.
    private bool Acknowledges(HttpStatusCode status, string body) => _kind switch
    {
        DrNotificationKind.Slack => status == HttpStatusCode.OK && body == "ok",
        DrNotificationKind.Teams => status == HttpStatusCode.Accepted
            || (status == HttpStatusCode.OK && !body.Contains("delivery failed", StringComparison.OrdinalIgnoreCase)),
        _ => true,
    };

    private AlertAttempt Judge(HttpRequestException failure)
    {
        var cause = Text(failure.GetBaseException().Message);
        return failure.HttpRequestError switch
        {
            HttpRequestError.SecureConnectionError => AlertAttempt.Final($"No trusted TLS connection to {_address.Authority}: {cause}"),
            HttpRequestError.NameResolutionError => AlertAttempt.Passing($"The name {_address.Host} is not found: {cause}"),
            _ => AlertAttempt.Passing($"No answer from {_address.Authority}: {cause}"),
        };
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var wait = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - DateTimeOffset.UtcNow,
            _ => (TimeSpan?)null,
        };
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private string Text(string text) => SecretAddress.Hide(AlertText.Short(AlertText.OneLine(SecretAddress.Hide(text, _address)), 200), _address);
}
