namespace LettaDr;

/// <summary>Where alerts go. It holds no secret: those are found where <c>…From</c> says.</summary>
public sealed record DrNotification
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What kind of endpoint it is.</summary>
    public required DrNotificationKind Kind { get; init; }

    /// <summary>Where the address of a webhook is found: <c>env:NAME</c>, <c>file:PATH</c>, or the address itself when it holds no secret. Null for e-mail.</summary>
    public string? UrlFrom { get; init; }

    /// <summary>The mail server; null for webhooks.</summary>
    public string? Server { get; init; }

    /// <summary>Its port.</summary>
    public int Port { get; init; } = 25;

    /// <summary>Whether the mail server must offer TLS.</summary>
    public bool RequireTls { get; init; } = true;

    /// <summary>Who the mail is from.</summary>
    public string? From { get; init; }

    /// <summary>Who the mail is to.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    /// <summary>Who signs in to the mail server; null when nobody need.</summary>
    public string? UserName { get; init; }

    /// <summary>Where the password of <see cref="UserName"/> is found: <c>env:NAME</c> or <c>file:PATH</c>.</summary>
    public string? PasswordFrom { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Kind})";
}
