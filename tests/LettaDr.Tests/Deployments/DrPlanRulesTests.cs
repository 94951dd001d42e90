namespace LettaDr.Tests;

/// <summary>What must hold between the values of a plan, and how it writes times and words.</summary>
public sealed class DrPlanRulesTests
{
    private static readonly DrPlan Good = new() { Name = "letta", Deployment = "letta", Repository = "/var/backups/letta" };

    private static readonly DrNotification Mail = new()
    {
        Name = "mail", Kind = DrNotificationKind.Smtp, Server = "mail.example.org", From = "a@example.org", To = ["b@example.org"],
    };

    private static readonly DrNotification Hook = new() { Name = "hook", Kind = DrNotificationKind.Webhook, UrlFrom = "env:HOOK" };

    /// <summary>Plans with one thing wrong each, where it is, and a word of what is said.</summary>
    public static TheoryData<DrPlan, string, string> Wrong => new()
    {
        { Good with { Deployment = "postgresql://u:p@h/d" }, "deployment", "password" },
        { Good with { Deployment = "postgresql://u@h/d?password=p" }, "deployment", "password" },
        { Good with { Deployment = "mysql://h/d" }, "deployment", "URI" },
        { Good with { Retention = new RetentionPolicy(0, 0, 0, 0) }, "retention", "no set at all" },
        { Good with { Sites = [Site("a"), Site("A")] }, "sites[1].name", "already" },
        { Good with { Sites = [new DrSite { Name = "a", Docker = new Uri("tcp://me@h:1") }] }, "sites[0].docker", "user or password" },
        { Good with { Communication = new DrCommunication { Owner = "Ada" } }, "communication.owner", "none of the contacts" },
        { Good with { Communication = new DrCommunication { ReviewedOn = new DateOnly(2999, 1, 1) } }, "communication.reviewedOn", "yet to come" },
        { Good with { Notifications = [Hook, Hook] }, "notifications[1].name", "already" },
        { Good with { Notifications = [Hook with { UrlFrom = null }] }, "notifications[0]", "no 'urlFrom'" },
        { Good with { Notifications = [Hook with { UrlFrom = "https://" }] }, "notifications[0].urlFrom", "cannot be understood" },
        { Good with { Notifications = [Hook with { UrlFrom = "https://h/x?sig=1" }] }, "notifications[0].urlFrom", "itself a secret" },
        { Good with { Notifications = [Hook with { UrlFrom = "https://u:p@h/x" }] }, "notifications[0].urlFrom", "itself a secret" },
        { Good with { Notifications = [Hook with { UrlFrom = "https://a.webhook.office.com/x" }] }, "notifications[0].urlFrom", "itself a secret" },
        { Good with { Notifications = [Hook with { Server = "s" }] }, "notifications[0]", "keys of e-mail" },
        { Good with { Notifications = [Mail with { To = [] }] }, "notifications[0]", "no 'to'" },
        { Good with { Notifications = [Mail with { UserName = "u" }] }, "notifications[0]", "only one of" },
        { Good with { Notifications = [Mail with { UserName = "u", PasswordFrom = "env:P", RequireTls = false }] }, "notifications[0].requireTls", "without TLS" },
        { Good with { Notifications = [Mail with { UrlFrom = "env:HOOK" }] }, "notifications[0].urlFrom", "no 'urlFrom'" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_does_not_hold_is_told_where_it_is(DrPlan plan, string at, string word)
    {
        var problem = Assert.Single(DrPlanRules.Problems(plan));

        Assert.Equal(at, problem.At);
        Assert.Contains(word, problem.Text, StringComparison.Ordinal);
        Assert.NotEmpty(problem.Remedy);
    }

    [Fact]
    public void What_holds_is_not_told() => Assert.Empty(DrPlanRules.Problems(Good with
    {
        Deployment = "env:LETTA_PG_URI", Sites = [Site("a"), Site("b")],
        Contacts = [new DrContact { Name = "Ada", Role = "commander", ValidatedOn = DateOnly.FromDateTime(DateTime.UtcNow) }],
        Communication = new DrCommunication { Owner = "ada" },
        Notifications = [Hook with { UrlFrom = "http://127.0.0.1:8080/alerts" }, Mail with { UserName = "u", PasswordFrom = "env:P" }],
    }));

    [Theory]
    [InlineData("15m", 15)]
    [InlineData("1h30m", 90)]
    [InlineData("1w1d", 8 * 24 * 60)]
    [InlineData("120s", 2)]
    public void Times_are_read_with_their_units(string text, int minutes)
    {
        Assert.Equal(TimeSpan.FromMinutes(minutes), PlanDuration.Parse(text));
        Assert.Equal(TimeSpan.FromMinutes(minutes), PlanDuration.Parse(PlanDuration.Format(TimeSpan.FromMinutes(minutes))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0m")]
    [InlineData("15")]
    [InlineData("30m1h")]
    [InlineData("1.5h")]
    [InlineData("123456d")]
    [InlineData("٣h")]
    public void What_is_no_time_is_none(string text) => Assert.Null(PlanDuration.Parse(text));

    [Theory]
    [InlineData("retension", "retention")]
    [InlineData("Name", "name")]
    [InlineData("phon", "phone")]
    [InlineData("colour", null)]
    public void A_slip_is_recognised(string word, string? meant) =>
        Assert.Equal(meant, ClosestWord.Of(word, ["name", "phone", "retention", "repository"]));

    [Theory]
    [InlineData("letta", "letta")]
    [InlineData("./sets", "./sets")]
    [InlineData("/srv/my sets", "/srv/my sets")]
    [InlineData("postgresql://letta@h:5432/letta", "postgresql://letta@h:5432/letta")]
    [InlineData("a: b", "\"a: b\"")]
    [InlineData("a #b", "\"a #b\"")]
    [InlineData("no", "\"no\"")]
    [InlineData("0123", "\"0123\"")]
    [InlineData("- a", "\"- a\"")]
    [InlineData("C:\\sets", "\"C:\\\\sets\"")]
    [InlineData("trailing ", "\"trailing \"")]
    [InlineData("a\nb", "\"a\\u000ab\"")]
    public void A_value_is_written_so_that_it_is_read_back(string value, string written) => Assert.Equal(written, DrPlanText.Scalar(value));

    private static DrSite Site(string name) => new() { Name = name, Docker = new Uri("unix:///run/docker.sock") };
}
