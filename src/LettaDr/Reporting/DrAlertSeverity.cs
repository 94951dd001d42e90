namespace LettaDr;

/// <summary>How grave an alert is.</summary>
public enum DrAlertSeverity
{
    /// <summary>To be known.</summary>
    Information,

    /// <summary>To be looked at soon.</summary>
    Warning,

    /// <summary>To be looked at now.</summary>
    Critical,
}
