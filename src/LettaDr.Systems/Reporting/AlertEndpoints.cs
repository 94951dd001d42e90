namespace LettaDr.Systems;

/// <summary>Opens the endpoints that a plan describes.</summary>
internal static class AlertEndpoints
{
    /// <summary>Reads an endpoint's secrets and makes it ready; nothing is sent.</summary>
    /// <param name="notification">What the plan says.</param>
    /// <param name="limit">How long an attempt may take.</param>
    /// <exception cref="LettaDrException">Something is missing, a secret cannot be read, or the address is none.</exception>
    public static IAlertEndpoint Open(DrNotification notification, TimeSpan limit) => notification.Kind == DrNotificationKind.Smtp
        ? OpenMail(notification, limit)
        : new WebhookEndpoint(notification.Kind, AddressOf(notification));

    /// <summary>
    /// The secret by which an endpoint is reached, as it is found now: a webhook's address, a mail server's password; null where it
    /// needs none.
    /// </summary>
    /// <exception cref="LettaDrException">It cannot be read.</exception>
    public static Secret? SecretOf(DrNotification notification) => notification.Kind != DrNotificationKind.Smtp
        ? new Secret(AddressOf(notification).AbsoluteUri)
        : notification is { UserName: not null, PasswordFrom: { } from } ? SecretSource.Read(from) : null;

    private static MailEndpoint OpenMail(DrNotification notification, TimeSpan limit) =>
        string.IsNullOrWhiteSpace(notification.Server) ? throw Incomplete(notification, "its mail server", "server")
        : string.IsNullOrWhiteSpace(notification.From) ? throw Incomplete(notification, "whom its mail is from", "from")
        : notification.To.Count == 0 ? throw Incomplete(notification, "whom its mail is to", "to")
        : notification.UserName is not null && notification.PasswordFrom is null ? throw Incomplete(notification, "where the password is found", "passwordFrom")
        : new MailEndpoint(notification, notification.UserName is null ? null : SecretSource.Read(notification.PasswordFrom!), limit);

    private static Uri AddressOf(DrNotification notification)
    {
        if (string.IsNullOrWhiteSpace(notification.UrlFrom))
        {
            throw Incomplete(notification, "where its address is found", "urlFrom");
        }

        var text = SecretLocation.Parse(notification.UrlFrom) is null ? notification.UrlFrom : SecretSource.Read(notification.UrlFrom).Reveal();

        // What is wrong with the address is not shown: its path is what authorizes the sender.
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http") || address.UserInfo.Length > 0)
        {
            throw new LettaDrException(
                "AlertAddressInvalid", FaultKind.InvalidArgument, $"The address of the notification {notification.Name} is no address of a webhook.",
                "Give an absolute https address without a user name.", notification.Name);
        }

        return notification.Kind == DrNotificationKind.Webhook || address.Scheme == "https" || address.IsLoopback ? address : throw new LettaDrException(
            "AlertAddressNotEncrypted", FaultKind.InvalidArgument,
            $"The address of the notification {notification.Name} is not encrypted, and whoever reads it could send in your name.",
            "Give the https address.", notification.Name);
    }

    private static LettaDrException Incomplete(DrNotification notification, string what, string key) => new(
        "NotificationIncomplete", FaultKind.InvalidArgument, $"The notification {notification.Name} does not say {what}.",
        $"Give it {key}.", notification.Name);
}
