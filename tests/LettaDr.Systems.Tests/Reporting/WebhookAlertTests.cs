using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace LettaDr.Systems.Tests;

/// <summary>Alerts to real web servers: what is acknowledged, what is tried again, and what is told of a failure.</summary>
public sealed class WebhookAlertTests
{
    private static readonly DrAlert Alert = new() { Title = "The backup failed", Message = "The disk is full.", Severity = DrAlertSeverity.Critical, Deployment = "letta" };

    private readonly List<TimeSpan> _waits = [];

    [Fact]
    public async Task A_webhook_gets_the_alert_as_it_is_documented()
    {
        using var server = new WebhookServer(WebhookServer.Answer("204 No Content"));

        var delivery = await SendAsync(DrNotificationKind.Webhook, server.Url, Alert with
        {
            Checks = [new CheckResult { Name = "SetIntact", Target = "letta/1", Outcome = Outcome.Failed, Evidence = "A file is gone.", Remedy = "Back up." }],
        });

        Assert.True(delivery.Delivered, delivery.Response);
        Assert.Equal((1, "204", "hook"), (delivery.Attempts, delivery.Response, delivery.Notification));
        var (head, body) = Assert.Single(server.Requests);
        Assert.StartsWith("POST /services/T0SECRETPART/B0SECRETPART HTTP/1.1", head, StringComparison.Ordinal);
        Assert.Contains("User-Agent: LettaDr/", head, StringComparison.Ordinal);
        var document = JsonDocument.Parse(body).RootElement;
        Assert.Equal("lettadr-alert/1", document.GetProperty("format").GetString());
        Assert.Equal("The backup failed", document.GetProperty("title").GetString());
        Assert.Equal("Critical", document.GetProperty("severity").GetString());
        Assert.Equal("letta", document.GetProperty("deployment").GetString());
        Assert.Equal("A file is gone.", document.GetProperty("checks")[0].GetProperty("evidence").GetString());
    }

    [Theory]
    [InlineData("500 Internal Server Error", 3)]
    [InlineData("408 Request Timeout", 3)]
    [InlineData("404 Not Found", 1)]
    [InlineData("401 Unauthorized", 1)]
    public async Task A_refusal_is_told_as_such_and_only_what_may_pass_is_tried_again(string status, int attempts)
    {
        using var server = new WebhookServer(WebhookServer.Answer(status, "no way\nfor /services/T0SECRETPART/B0SECRETPART"));

        var delivery = await SendAsync(DrNotificationKind.Webhook, server.Url);

        Assert.False(delivery.Delivered);
        Assert.Equal($"{status[..3]} no way for ********", delivery.Response);
        Assert.Equal((attempts, attempts), (delivery.Attempts, server.Requests.Count));
    }

    [Fact]
    public async Task An_endpoint_that_recovers_gets_the_alert_and_is_waited_for_longer_each_time()
    {
        using var server = new WebhookServer(WebhookServer.Answer("500 Oops"), WebhookServer.Answer("503 Oops"), WebhookServer.Answer("200 OK", "thanks"));

        var delivery = await SendAsync(DrNotificationKind.Webhook, server.Url);

        Assert.Equal((true, 3, "200 thanks"), (delivery.Delivered, delivery.Attempts, delivery.Response));
        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)], _waits);
    }

    [Fact]
    public async Task Retry_After_is_heeded_and_one_that_is_too_long_ends_it()
    {
        using var soon = new WebhookServer(WebhookServer.Answer("429 Too Many Requests", headers: "Retry-After: 7\r\n"), WebhookServer.Answer("200 OK"));
        using var late = new WebhookServer(WebhookServer.Answer("429 Too Many Requests", headers: "Retry-After: 3600\r\n"));

        Assert.True((await SendAsync(DrNotificationKind.Webhook, soon.Url)).Delivered);
        Assert.Equal([TimeSpan.FromSeconds(7)], _waits);
        var refused = await SendAsync(DrNotificationKind.Webhook, late.Url);
        Assert.Equal((false, 1), (refused.Delivered, refused.Attempts));
        Assert.StartsWith("429", refused.Response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_hangs_is_given_up_each_time_and_told()
    {
        using var server = new WebhookServer((string?)null);

        var delivery = await SendAsync(DrNotificationKind.Webhook, server.Url, limit: TimeSpan.FromMilliseconds(200));

        Assert.Equal((false, 3, "It did not answer within 0.2 s."), (delivery.Delivered, delivery.Attempts, delivery.Response));
    }

    [Fact]
    public async Task One_that_is_down_and_a_name_that_is_not_known_are_told()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();

        var down = await SendAsync(DrNotificationKind.Webhook, $"http://127.0.0.1:{port}/hook");
        var unknown = await SendAsync(DrNotificationKind.Webhook, "https://no-such-host.invalid/T0SECRETPART");

        Assert.Equal((false, 3), (down.Delivered, down.Attempts));
        Assert.StartsWith($"No answer from 127.0.0.1:{port}: ", down.Response, StringComparison.Ordinal);
        Assert.False(unknown.Delivered);
        Assert.Contains("no-such-host.invalid", unknown.Response, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRETPART", unknown.Response, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        using var elsewhere = new WebhookServer(WebhookServer.Answer("200 OK", "ok"));
        using var server = new WebhookServer(WebhookServer.Answer("307 Moved", headers: $"Location: http://localhost:{elsewhere.Port}/T0SECRETPART\r\n"));

        var delivery = await SendAsync(DrNotificationKind.Slack, server.Url);

        Assert.Equal((false, 1), (delivery.Delivered, delivery.Attempts));
        Assert.Contains("points elsewhere, to localhost", delivery.Response, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task A_server_without_TLS_where_TLS_is_demanded_is_told()
    {
        // It speaks first, and what it says is no TLS.
        using var greeting = new MailServer();
        var delivery = await SendAsync(DrNotificationKind.Webhook, $"https://127.0.0.1:{greeting.Port}/hook");

        Assert.Equal((false, 1), (delivery.Delivered, delivery.Attempts));
        Assert.StartsWith($"No trusted TLS connection to 127.0.0.1:{greeting.Port}: ", delivery.Response, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DrNotificationKind.Slack, "200 OK", "ok", true)]
    [InlineData(DrNotificationKind.Slack, "200 OK", "no_text", false)]
    [InlineData(DrNotificationKind.Slack, "202 Accepted", "ok", false)]
    [InlineData(DrNotificationKind.Teams, "202 Accepted", "", true)]
    [InlineData(DrNotificationKind.Teams, "200 OK", "1", true)]
    [InlineData(DrNotificationKind.Teams, "201 Created", "", false)]
    [InlineData(DrNotificationKind.Teams, "200 OK", "Webhook message delivery failed with error: HTTP error 413", false)]
    public async Task Only_the_words_of_an_acknowledgement_count(DrNotificationKind kind, string status, string body, bool delivered)
    {
        using var server = new WebhookServer(WebhookServer.Answer(status, body));

        var delivery = await SendAsync(kind, server.Url);

        Assert.Equal((delivered, 1), (delivery.Delivered, delivery.Attempts));
        Assert.Contains(body, delivery.Response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_is_read_from_where_the_plan_says_and_what_is_missing_is_a_result()
    {
        using var server = new WebhookServer(WebhookServer.Answer("200 OK"));
        Environment.SetEnvironmentVariable("LETTADR_TEST_HOOK", server.Url);
        try
        {
            Assert.True((await SendAsync(DrNotificationKind.Webhook, "env:LETTADR_TEST_HOOK")).Delivered);
        }
        finally
        {
            Environment.SetEnvironmentVariable("LETTADR_TEST_HOOK", null);
        }

        Assert.Contains("LETTADR_TEST_HOOK", (await SendAsync(DrNotificationKind.Webhook, "env:LETTADR_TEST_HOOK")).Response, StringComparison.Ordinal);
        var results = new[]
        {
            await SendAsync(DrNotificationKind.Webhook, null), await SendAsync(DrNotificationKind.Webhook, "T0SECRETPART"),
            await SendAsync(DrNotificationKind.Webhook, "https://user:T0SECRETPART@example.org/"), await SendAsync(DrNotificationKind.Slack, "http://example.org/T0SECRETPART"),
            await SendAsync(DrNotificationKind.Smtp, null),
        };
        Assert.All(results, result => Assert.Equal((false, 0), (result.Delivered, result.Attempts)));
        Assert.All(results, result => Assert.DoesNotContain("SECRETPART", result.Response, StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_endpoints_are_tried_whatever_becomes_of_one()
    {
        using var broken = new WebhookServer(WebhookServer.Answer("403 Forbidden"));
        using var sound = new WebhookServer(WebhookServer.Answer("200 OK", "ok"));

        var deliveries = await AlertSender.SendAsync(
            Alert, [Hook(DrNotificationKind.Slack, broken.Url), Hook(DrNotificationKind.Slack, sound.Url)], CancellationToken.None);

        Assert.Equal([false, true], deliveries.Select(delivery => delivery.Delivered));
    }

    [Fact]
    public async Task Whoever_waits_for_it_can_stop_waiting()
    {
        using var server = new WebhookServer((string?)null);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AlertSender.SendAsync(Alert, [Hook(DrNotificationKind.Webhook, server.Url)], stop.Token));
    }

    private static DrNotification Hook(DrNotificationKind kind, string? url) => new() { Name = "hook", Kind = kind, UrlFrom = url };

    private async Task<DrAlertDelivery> SendAsync(DrNotificationKind kind, string? url, DrAlert? alert = null, TimeSpan? limit = null)
    {
        var limits = AlertLimits.Default with
        {
            Attempt = limit ?? AlertLimits.Default.Attempt,
            WaitAsync = (wait, _) =>
            {
                _waits.Add(wait);
                return Task.CompletedTask;
            },
        };
        return Assert.Single(await AlertSender.SendAsync(alert ?? Alert, [Hook(kind, url)], limits, CancellationToken.None));
    }
}
