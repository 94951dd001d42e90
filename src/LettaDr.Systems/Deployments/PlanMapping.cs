using System.Globalization;
using Newtonsoft.Json.Linq;

namespace LettaDr.Systems;

/// <summary>Makes a plan of a document that the schema has found good.</summary>
/// <param name="folder">The plan's folder, from which relative paths count.</param>
internal sealed class PlanMapping(string folder)
{
    /// <summary>Addresses of engines that have the schema's form and are none all the same, such as one with an impossible port.</summary>
    public static IEnumerable<PlanProblem> Addresses(JObject root) => (root["sites"] ?? new JArray()).SelectMany((site, index) =>
        Uri.TryCreate(Text(site, "docker"), UriKind.Absolute, out _) ? (IEnumerable<PlanProblem>)[] :
        [
            new PlanProblem(
                $"sites[{index}].docker", $"The address of the Docker engine of {Text(site, "name")} cannot be understood.",
                "Write it as unix:///path or tcp://host:port, with a port up to 65535."),
        ]);

    /// <summary>The plan; its paths are absolute. Nothing is wrong with its addresses.</summary>
    public DrPlan Map(JObject root, string? path) => new()
    {
        Name = Text(root, "name")!,
        Path = path,
        Deployment = Deployment(Text(root, "deployment")!),
        Repository = PlanPath.Resolve(Text(root, "repository")!, folder),
        Certificates = [.. Texts(root, "certificates").Select(Certificate)],
        PassphraseFrom = Located(Text(root, "passphraseFrom")),
        Objectives = Objectives(root["objectives"]),
        Retention = Retention(root["retention"]),
        Drills = Drills(root["drills"]),
        Sites = List(root["sites"], Site),
        Contacts = List(root["contacts"], Contact),
        Communication = root["communication"] is { } communication ? Communication(communication) : null,
        Runbooks = Runbooks(root["runbooks"]),
        Notifications = List(root["notifications"], Notification),
    };

    private static RecoveryTargets Objectives(JToken? objectives)
    {
        var (rto, rpo, tested, given) = (objectives?["rto"], objectives?["rpo"], objectives?["testedWithin"], new RecoveryTargets());
        return new RecoveryTargets
        {
            DatabaseRto = Time(rto, "database") ?? given.DatabaseRto, ServerRto = Time(rto, "server") ?? given.ServerRto,
            CacheRto = Time(rto, "cache") ?? given.CacheRto, SystemRto = Time(rto, "system") ?? given.SystemRto,
            DatabaseRpo = Time(rpo, "database") ?? given.DatabaseRpo, MessageQueueRpo = Time(rpo, "messageQueue") ?? given.MessageQueueRpo,
            ConfigurationRpo = Time(rpo, "configuration") ?? given.ConfigurationRpo, SystemRpo = Time(rpo, "system") ?? given.SystemRpo,
            ComponentTestedWithin = Time(tested, "component") ?? given.ComponentTestedWithin,
            SystemTestedWithin = Time(tested, "system") ?? given.SystemTestedWithin,
        };
    }

    private static RetentionPolicy Retention(JToken? retention)
    {
        var given = new RetentionPolicy();
        return new RetentionPolicy(
            Number(retention, "hourly") ?? given.Hourly, Number(retention, "daily") ?? given.Daily,
            Number(retention, "weekly") ?? given.Weekly, Number(retention, "monthly") ?? given.Monthly);
    }

    private static DrTestFrequencies Drills(JToken? drills)
    {
        var given = new DrTestFrequencies();
        return new DrTestFrequencies
        {
            FullRestore = Time(drills, "fullRestore") ?? given.FullRestore, Component = Time(drills, "component") ?? given.Component,
            Failover = Time(drills, "failover") ?? given.Failover, BackupValidation = Time(drills, "backupValidation") ?? given.BackupValidation,
        };
    }

    private DrSite Site(JToken site) => new()
    {
        Name = Text(site, "name")!, Docker = new Uri(Text(site, "docker")!),
        Repository = Text(site, "repository") is { } repository ? PlanPath.Resolve(repository, folder) : null,

        // A folder of another machine: this one's folders say nothing about it.
        Destination = Text(site, "destination"),
    };

    private static DrContact Contact(JToken contact) => new()
    {
        Name = Text(contact, "name")!, Role = Text(contact, "role")!, Phone = Text(contact, "phone"), Email = Text(contact, "email"),
        ValidatedOn = Date(contact, "validatedOn"),
    };

    private static DrCommunication Communication(JToken communication) => new()
    {
        Stakeholders = Texts(communication, "stakeholders"), Channels = Texts(communication, "channels"), Owner = Text(communication, "owner"),
        ReviewedOn = Date(communication, "reviewedOn"),
    };

    private RunbookReviews Runbooks(JToken? runbooks) => new()
    {
        ReviewedWithin = Time(runbooks, "reviewedWithin") ?? new RunbookReviews().ReviewedWithin,
        Documents = List(runbooks?["documents"], document => new RunbookDocument
        {
            Name = Text(document, "name")!, Location = Location(Text(document, "location")!), ReviewedOn = Date(document, "reviewedOn"),
            Reviewer = Text(document, "reviewer"),
        }),
    };

    private DrNotification Notification(JToken notification) => new()
    {
        Name = Text(notification, "name")!, Kind = Enum.Parse<DrNotificationKind>(Text(notification, "kind")!, ignoreCase: true),
        UrlFrom = Located(Text(notification, "urlFrom")), Server = Text(notification, "server"),
        Port = Number(notification, "port") ?? 25, RequireTls = (bool?)notification["requireTls"] ?? true,
        From = Text(notification, "from"), To = Texts(notification, "to"), UserName = Text(notification, "userName"),
        PasswordFrom = Located(Text(notification, "passwordFrom")),
    };

    /// <summary>Paths become absolute; names of projects and containers, and addresses, stay.</summary>
    private string Deployment(string text) =>
        SecretLocation.Parse(text) is { } location ? location.From(folder).ToString()
        : text.Contains("://", StringComparison.Ordinal) ? text
        : new DeploymentDiscovery(folder).IsPath(text) ? PlanPath.Resolve(text, folder) : text;

    private string Certificate(string text) =>
        text.AsSpan().IndexOfAny('/', '\\', '.') >= 0 || text[0] == '~' || Exists(text) ? PlanPath.Resolve(text, folder) : text;

    private string Location(string text) => text.Contains("://", StringComparison.Ordinal) ? text : PlanPath.Resolve(text, folder);

    private string? Located(string? reference) =>
        reference is null ? null : SecretLocation.Parse(reference)?.From(folder).ToString() ?? reference;

    private bool Exists(string text) => Path.Exists(PlanPath.Resolve(text, folder));

    private static List<T> List<T>(JToken? list, Func<JToken, T> map) => [.. (list ?? new JArray()).Select(map)];

    private static List<string> Texts(JToken parent, string key) => List(parent[key], item => (string)item!);

    private static string? Text(JToken parent, string key) => (string?)parent[key];

    private static int? Number(JToken? parent, string key) => (int?)parent?[key];

    private static TimeSpan? Time(JToken? parent, string key) => (string?)parent?[key] is { } text ? PlanDuration.Parse(text.Trim()) : null;

    private static DateOnly? Date(JToken parent, string key) =>
        (string?)parent[key] is { } text ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
}
