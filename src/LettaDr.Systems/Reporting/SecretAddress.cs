namespace LettaDr.Systems;

/// <summary>Keeps a webhook's address out of texts: its path and query are what authorizes whoever sends.</summary>
internal static class SecretAddress
{
    // A shorter part is a word like "api" or "v1", which texts hold for other reasons.
    private const int ShortestPart = 8;

    /// <summary>The text without the parts of the address that may be secret; endpoints like to quote what they were asked for.</summary>
    public static string Hide(string text, Uri address) => Parts(address)
        .OrderByDescending(part => part.Length)
        .Aggregate(text, (shown, part) => shown.Replace(part, "********", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Parts(Uri address) => new[] { address.PathAndQuery, Uri.UnescapeDataString(address.PathAndQuery) }
        .SelectMany(path => path.Split(['/', '?', '&', '=', '#'], StringSplitOptions.RemoveEmptyEntries).Append(path))
        .Where(part => part.Length >= ShortestPart);
}
