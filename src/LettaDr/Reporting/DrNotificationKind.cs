namespace LettaDr;

/// <summary>What kind of endpoint an alert goes to.</summary>
public enum DrNotificationKind
{
    /// <summary>A generic webhook: the alert as JSON.</summary>
    Webhook,

    /// <summary>Slack's incoming webhook.</summary>
    Slack,

    /// <summary>Microsoft Teams' workflow webhook: an adaptive card.</summary>
    Teams,

    /// <summary>E-mail by SMTP.</summary>
    Smtp,
}
