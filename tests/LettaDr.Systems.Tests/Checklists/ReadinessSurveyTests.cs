namespace LettaDr.Systems.Tests;

/// <summary>When readiness sends a test alert, and when it takes the newest one's word; the runbooks that a plan names; what a deployment does not have.</summary>
public sealed class ReadinessSurveyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("readiness");

    public ReadinessSurveyTests() => Directory.CreateDirectory(Path.Combine(_folder.Path, "repository"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_alert_that_was_acknowledged_lately_is_not_sent_again_unless_asked_for()
    {
        using var server = new WebhookServer(WebhookServer.Answer("200 OK"));

        Assert.Equal(Outcome.Passed, await AlertingAsync(server.Url));
        Assert.Equal(Outcome.Passed, await AlertingAsync(server.Url));
        Assert.Single(server.Requests);
        Assert.Equal(Outcome.Passed, await AlertingAsync(server.Url, deep: true));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task An_endpoint_goes_red_when_it_refuses_and_green_when_it_is_mended()
    {
        using var server = new WebhookServer(WebhookServer.Answer("500 Internal Server Error"), WebhookServer.Answer("200 OK"));

        Assert.Equal(Outcome.Failed, await AlertingAsync(server.Url));
        Assert.Equal(Outcome.Passed, await AlertingAsync(server.Url));
    }

    [Fact]
    public async Task An_endpoint_that_hangs_is_told_as_such()
    {
        using var server = new WebhookServer((string?)null);

        var result = Assert.Single(await ResultsAsync(Plan(server.Url), deep: false), one => one.Name == ReadinessChecks.AlertingDelivers);

        Assert.Equal(Outcome.Failed, result.Outcome);
        Assert.Contains("did not answer within", result.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_runbook_that_is_not_where_the_plan_says_is_told()
    {
        var path = Path.Combine(_folder.Path, "runbook.md");
        var plan = Plan(null) with
        {
            Runbooks = new RunbookReviews { Documents = [new RunbookDocument { Name = "Fire", Location = path, ReviewedOn = DateOnly.FromDateTime(DateTime.UtcNow) }] },
        };
        Assert.Equal(Outcome.Failed, Assert.Single(await ResultsAsync(plan, deep: false), one => one.Name == ReadinessChecks.RunbooksReviewed).Outcome);

        await File.WriteAllTextAsync(path, "Leave the building.");
        Assert.Equal(Outcome.Passed, Assert.Single(await ResultsAsync(plan, deep: false), one => one.Name == ReadinessChecks.RunbooksReviewed).Outcome);
    }

    [Fact]
    public async Task That_there_is_no_Redis_is_known_only_of_a_deployment_whose_server_was_found()
    {
        var database = new LettaDeployment { Name = "letta", Database = new DatabaseEndpoint { Host = "127.0.0.1", Port = 1, Database = "letta", UserName = "letta" } };
        var found = database with { Server = new ServerEndpoint { BaseAddress = new Uri("http://127.0.0.1:1/"), Container = new DeploymentContainer { Name = "letta_server" } } };

        Assert.True(await HasNoCacheAsync(found));
        Assert.False(await HasNoCacheAsync(database));
        Assert.False(await HasNoCacheAsync(found with { Cache = new CacheEndpoint { Host = "127.0.0.1", Port = 1 } }));

        async Task<bool> HasNoCacheAsync(LettaDeployment live) => (await new RecoverySurvey(
            new DirectoryRepository(Path.Combine(_folder.Path, "repository")), JournalDirectory.Local, NoObserver.Instance).ReadAsync(live, CancellationToken.None)).HasNoCache;
    }

    [Fact]
    public async Task Checks_of_a_Redis_that_there_is_not_are_of_nothing_and_those_of_a_server_that_nobody_knows_are_not()
    {
        await using var cache = new CacheChecks(null);
        await foreach (var result in cache.RunAsync(CancellationToken.None))
        {
            Assert.Equal((Outcome.NotRun, true), (result.Outcome, result.IsOfNothing));
        }

        using var server = new ServerChecks(null);
        await foreach (var result in server.RunAsync(CancellationToken.None))
        {
            Assert.Equal((Outcome.NotRun, false), (result.Outcome, result.IsOfNothing));
        }
    }

    private async Task<Outcome> AlertingAsync(string url, bool deep = false) =>
        Assert.Single(await ResultsAsync(Plan(url), deep), one => one.Name == ReadinessChecks.AlertingDelivers).Outcome;

    private async Task<IReadOnlyList<CheckResult>> ResultsAsync(DrPlan plan, bool deep) => new ReadinessAssessment(
        await new ReadinessSurvey(new DirectoryRepository(plan.Repository), plan, NoObserver.Instance)
        {
            Deep = deep, Known = new AlertDeliveries(Path.Combine(_folder.Path, "alerts")),
        }.ReadAsync("letta", null, CancellationToken.None)).Results();

    private DrPlan Plan(string? url) => new()
    {
        Name = "letta", Deployment = "letta", Repository = Path.Combine(_folder.Path, "repository"),
        Notifications = url is null ? [] : [new DrNotification { Name = "ops", Kind = DrNotificationKind.Webhook, UrlFrom = url }],
    };
}
