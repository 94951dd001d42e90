namespace LettaDr;

/// <summary>Which alert is sent, and where to.</summary>
internal static class AlertChoice
{
    /// <summary>The endpoints of these names, in the plan's order; all where none is named.</summary>
    /// <exception cref="LettaDrException">There is none, or none of a name.</exception>
    public static IReadOnlyList<DrNotification> Choose(IReadOnlyList<DrNotification> known, IReadOnlyList<string> names)
    {
        if (known.Count == 0)
        {
            throw new LettaDrException(
                "NotificationNotGiven", FaultKind.InvalidArgument, "There is no endpoint to send to: neither was one given, nor does a plan name one.",
                "Give -Notification, or -Plan with a plan file that names notifications.");
        }

        return names.FirstOrDefault(name => !known.Any(one => Is(one, name))) is { } missing
            ? throw new LettaDrException(
                "NotificationNotFound", FaultKind.NotFound, $"There is no notification {missing}.",
                $"There are: {string.Join(", ", known.Select(one => one.Name))}.", missing)
            : [.. known.Where(one => names.Count == 0 || names.Any(name => Is(one, name)))];
    }

    /// <summary>The alert of what was given; null when checks were, all passed, and there is no title.</summary>
    /// <exception cref="LettaDrException">There is nothing to tell.</exception>
    public static DrAlert? Of(
        string? title, string? message, DrAlertSeverity? severity, IReadOnlyList<CheckResult> checks, string? deployment)
    {
        if (title is null && checks.Count == 0)
        {
            // No results at all are no good news: what should have checked may have died.
            throw new LettaDrException(
                "AlertEmpty", FaultKind.InvalidArgument, "There is nothing to tell: neither a title nor results of checks were given.",
                "Give -Title, pipe results of a Test- cmdlet in, or give -Test.");
        }

        var found = AlertText.Of(checks, deployment);
        if (title is null && found is null)
        {
            return null;
        }

        found ??= new DrAlert { Title = title!, Message = string.Empty, Deployment = deployment };
        return found with { Title = title ?? found.Title, Message = message ?? found.Message, Severity = severity ?? found.Severity };
    }

    /// <summary>An alert that nobody takes for a real one.</summary>
    public static DrAlert Test(string? deployment) => new()
    {
        Title = "Test of alerting", Message = "This is a test. Nothing has happened, and nothing need be done.",
        Severity = DrAlertSeverity.Information, Deployment = deployment,
    };

    /// <summary>What is wrong when an endpoint did not acknowledge.</summary>
    public static LettaDrException NotDelivered(DrAlertDelivery delivery) => new(
        "AlertNotDelivered", FaultKind.Unreachable,
        $"The alert was not delivered to {delivery.Notification} after {Times(delivery.Attempts)}: {delivery.Response.TrimEnd('.')}.",
        "Tell people by another way, put the endpoint right, and try it by Send-LettaDrAlert -Test.", delivery);

    private static bool Is(DrNotification notification, string name) => string.Equals(notification.Name, name, StringComparison.OrdinalIgnoreCase);

    private static string Times(int attempts) => attempts == 1 ? "1 attempt" : $"{attempts} attempts";
}
