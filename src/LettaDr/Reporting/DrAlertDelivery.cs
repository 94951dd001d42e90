namespace LettaDr;

/// <summary>Whether an alert was delivered to one endpoint.</summary>
public sealed record DrAlertDelivery
{
    /// <summary>The endpoint's name.</summary>
    public required string Notification { get; init; }

    /// <summary>The deployment that the alert was about; null where it named none.</summary>
    public string? Deployment { get; init; }

    /// <summary>Its kind.</summary>
    public required DrNotificationKind Kind { get; init; }

    /// <summary>Whether the endpoint acknowledged it.</summary>
    public required bool Delivered { get; init; }

    /// <summary>What the endpoint said, or why it said nothing; without secrets of its address.</summary>
    public required string Response { get; init; }

    /// <summary>How often it was tried.</summary>
    public required int Attempts { get; init; }

    /// <summary>How long it took in all.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>When it was delivered or given up.</summary>
    public required DateTimeOffset At { get; init; }
}
