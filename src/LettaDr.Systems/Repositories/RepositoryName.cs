namespace LettaDr.Systems;

/// <summary>A deployment's name as the name of a directory, whatever characters it has.</summary>
internal static class RepositoryName
{
    public static string Encode(string name)
    {
        var encoded = Uri.EscapeDataString(name).Replace("*", "%2A", StringComparison.Ordinal);
        return encoded.StartsWith('.') ? "%2E" + encoded[1..] : encoded;
    }

    public static string Decode(string directory) => Uri.UnescapeDataString(directory);
}
