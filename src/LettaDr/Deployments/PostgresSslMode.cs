namespace LettaDr;

/// <summary>libpq's <c>sslmode</c> from the spellings of the drivers that Letta has used.</summary>
internal static class PostgresSslMode
{
    /// <summary>The mode in libpq's spelling; null when <paramref name="text"/> is none.</summary>
    public static string? Normalize(string text) => text.ToLowerInvariant().Replace('_', '-') switch
    {
        "disable" or "false" or "0" or "no" or "off" => "disable",
        "allow" => "allow",
        "prefer" => "prefer",
        "require" or "true" or "1" or "yes" or "on" => "require",
        "verify-ca" => "verify-ca",
        "verify-full" => "verify-full",
        _ => null,
    };
}
