using System.Globalization;

namespace LettaDr;

/// <summary>What must hold between the values of a plan, and a schema cannot say.</summary>
internal static class DrPlanRules
{
    // Whoever knows such an address can write to its channel.
    private static readonly string[] SecretHosts =
        ["hooks.slack.com", ".webhook.office.com", ".logic.azure.com", ".api.powerplatform.com", "discord.com", "discordapp.com"];

    /// <summary>What does not hold; nothing when the plan is coherent.</summary>
    public static IEnumerable<PlanProblem> Problems(DrPlan plan) =>
    [
        .. Names("sites", plan.Sites.Select(site => site.Name)),
        .. Names("contacts", plan.Contacts.Select(contact => contact.Name)),
        .. Names("notifications", plan.Notifications.Select(notification => notification.Name)),
        .. Names("runbooks.documents", plan.Runbooks.Documents.Select(document => document.Name)),
        .. Deployment(plan), .. Retention(plan), .. Owner(plan), .. Dates(plan),
        .. plan.Sites.SelectMany((site, index) => Site(site, $"sites[{index}]")),
        .. plan.Notifications.SelectMany((notification, index) => Notification(notification, $"notifications[{index}]")),
    ];

    private static IEnumerable<PlanProblem> Names(string list, IEnumerable<string> names)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, index) in names.Select((name, index) => (name, index)))
        {
            if (!seen.Add(name))
            {
                yield return new($"{list}[{index}].name", $"Another of the {Last(list)} is named '{name}' already.", "Give each a name of its own.");
            }
        }
    }

    private static IEnumerable<PlanProblem> Deployment(DrPlan plan)
    {
        if (SecretLocation.Parse(plan.Deployment) is not null || !plan.Deployment.Contains("://", StringComparison.Ordinal))
        {
            yield break;
        }

        DatabaseEndpoint? endpoint = null;
        LettaDrException? fault = null;
        try
        {
            endpoint = PostgresUri.Parse(plan.Deployment);
        }
        catch (LettaDrException invalid)
        {
            fault = invalid;
        }

        if (fault is not null)
        {
            yield return new("deployment", fault.Message, fault.Remedy);
        }
        else if (endpoint!.Password is not null)
        {
            yield return new(
                "deployment", "The URI of the deployment holds a password, and a plan is no place for one.",
                "Keep the URI in the environment or in a file that others may not read, and write env:NAME or file:PATH here.");
        }
    }

    private static IEnumerable<PlanProblem> Retention(DrPlan plan)
    {
        if (plan.Retention is { Hourly: 0, Daily: 0, Weekly: 0, Monthly: 0 })
        {
            yield return new("retention", "This retention keeps no set at all.", "Keep the newest of at least one hour, day, week or month.");
        }
    }

    private static IEnumerable<PlanProblem> Owner(DrPlan plan)
    {
        if (plan.Communication?.Owner is { } owner
            && !plan.Contacts.Any(contact => contact.Name.Equals(owner, StringComparison.OrdinalIgnoreCase)))
        {
            yield return new(
                "communication.owner", $"'{owner}' is to speak to stakeholders, and is none of the contacts.", "Name one of the contacts, or add a contact of this name.");
        }
    }

    private static IEnumerable<PlanProblem> Dates(DrPlan plan)
    {
        // Somebody may write today's date ahead of UTC.
        var latest = DateOnly.FromDateTime(DateTime.UtcNow.AddDays(1));
        IEnumerable<(string At, DateOnly? On)> dates =
        [
            .. plan.Contacts.Select((contact, index) => ($"contacts[{index}].validatedOn", contact.ValidatedOn)),
            .. plan.Runbooks.Documents.Select((document, index) => ($"runbooks.documents[{index}].reviewedOn", document.ReviewedOn)),
            ("communication.reviewedOn", plan.Communication?.ReviewedOn),
        ];
        return dates.Where(date => date.On > latest).Select(date => new PlanProblem(
            date.At, $"{date.On!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} has yet to come, and nothing was reviewed then.",
            "Write the day on which it was done."));
    }

    private static IEnumerable<PlanProblem> Site(DrSite site, string at)
    {
        if (site.Docker.UserInfo.Length > 0)
        {
            yield return new($"{at}.docker", $"The address of the Docker engine of {site.Name} holds a user or password.", "Leave it out of the address.");
        }
    }

    private static IEnumerable<PlanProblem> Notification(DrNotification notification, string at)
    {
        if (notification.Kind == DrNotificationKind.Smtp)
        {
            return Mail(notification, at);
        }

        return Webhook(notification, at);
    }

    private static IEnumerable<PlanProblem> Mail(DrNotification mail, string at)
    {
        (string Key, bool Given)[] needed = [("server", mail.Server is not null), ("from", mail.From is not null), ("to", mail.To.Count > 0)];
        foreach (var (key, _) in needed.Where(pair => !pair.Given))
        {
            yield return new(at, $"The notification '{mail.Name}' is e-mail and has no '{key}'.", "E-mail needs 'server', 'from' and 'to'.");
        }

        if ((mail.UserName is null) != (mail.PasswordFrom is null))
        {
            yield return new(
                at, $"The notification '{mail.Name}' has only one of 'userName' and 'passwordFrom'.", "Give both, or none when nobody need sign in.");
        }

        if (mail.UserName is not null && !mail.RequireTls)
        {
            yield return new(
                $"{at}.requireTls", $"The notification '{mail.Name}' would send its password without TLS.", "Leave 'requireTls' true where somebody signs in.");
        }

        if (mail.UrlFrom is not null)
        {
            yield return new($"{at}.urlFrom", $"The notification '{mail.Name}' is e-mail, which has no 'urlFrom'.", "Take it out, or give another 'kind'.");
        }
    }

    private static IEnumerable<PlanProblem> Webhook(DrNotification webhook, string at)
    {
        if (webhook.UrlFrom is null)
        {
            yield return new(at, $"The notification '{webhook.Name}' has no 'urlFrom'.", "Write where the webhook's address is found: env:NAME or file:PATH.");
        }
        else if (SecretLocation.Parse(webhook.UrlFrom) is null)
        {
            if (!Uri.TryCreate(webhook.UrlFrom, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            {
                yield return new($"{at}.urlFrom", $"The address of the notification '{webhook.Name}' cannot be understood.", "Write it as https://host/path.");
            }
            else if (address.UserInfo.Length > 0 || address.Query.Length > 0 || SecretHosts.Any(host => IsOf(address.Host, host)))
            {
                yield return new(
                    $"{at}.urlFrom", $"The address of the notification '{webhook.Name}' is itself a secret: whoever has it can post there.",
                    "Keep it in the environment or in a file that others may not read, and write env:NAME or file:PATH here.");
            }
        }

        if (webhook.Server is not null || webhook.From is not null || webhook.To.Count > 0 || webhook.UserName is not null || webhook.PasswordFrom is not null)
        {
            yield return new(at, $"The notification '{webhook.Name}' is a webhook, and has keys of e-mail.", "Take them out, or write 'kind: smtp'.");
        }
    }

    private static bool IsOf(string host, string pattern) => pattern[0] == '.'
        ? host.EndsWith(pattern, StringComparison.OrdinalIgnoreCase)
        : host.Equals(pattern, StringComparison.OrdinalIgnoreCase);

    private static string Last(string list) => list[(list.LastIndexOf('.') + 1)..];
}
