namespace LettaDr;

/// <summary>What a copy's Letta server is told of the deployment's: everything but what could act on the world.</summary>
internal static class DrTestEnvironment
{
    private static readonly string[] Own = ["LETTA_PG_", "LETTA_REDIS_", "LETTA_DB_"];

    /// <summary>
    /// The variables for a copy. Secrets are blank (providers' keys, tokens, passwords, credentials in URIs); the key of encrypted columns
    /// is kept, since without it the copy could not be read. Those that lead to database and cache are left out: the copy has its own.
    /// </summary>
    /// <param name="environment">The server's environment.</param>
    /// <param name="image">Its image's own, which is left out: the copy's image has its own.</param>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<string, string> image) =>
        environment
            .Where(pair => !IsOwn(pair.Key)
                && !(image.TryGetValue(pair.Key, out var own) && own == pair.Value))
            .ToDictionary(pair => pair.Key, pair => IsSecret(pair.Key, pair.Value) ? string.Empty : pair.Value);

    /// <summary>The names of those that are blank in the copy.</summary>
    public static IReadOnlyList<string> Blanked(IReadOnlyDictionary<string, string> environment) =>
        [.. environment.Where(pair => !IsOwn(pair.Key) && IsSecret(pair.Key, pair.Value)).Select(pair => pair.Key).Order(StringComparer.Ordinal)];

    private static bool IsOwn(string name) => Array.Exists(Own, prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    private static bool IsSecret(string name, string value) => name != LettaEncryption.KeyName
        && (SecretScanner.IsSecret(name, value, literal: true) || SecretScanner.UriPasswords(value).Any()
            || name.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase) || name.EndsWith("_DSN", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith("WEBHOOK_URL", StringComparison.OrdinalIgnoreCase));
}
