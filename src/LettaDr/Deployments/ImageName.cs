namespace LettaDr;

/// <summary>What an image's name tells of the program in it.</summary>
internal static class ImageName
{
    private static readonly string[] Companions =
        ["exporter", "backup", "bouncer", "admin", "postgrest", "insight", "commander", "proxy", "operator", "pgpool"];

    public static bool IsPostgres(string? image) => Holds(image, "postgres") || Holds(image, "pgvector")
        || Holds(image, "timescale");

    public static bool IsVectorPostgres(string? image) => Holds(image, "pgvector") && IsPostgres(image);

    public static bool IsRedis(string? image) => Holds(image, "redis") || Holds(image, "valkey");

    public static bool IsProxy(string? image) => Repository(image).Split('/')[^1] is "nginx" or "caddy" or "traefik" or "haproxy";

    /// <summary>Letta's own image, which also carries a PostgreSQL of its own.</summary>
    public static bool IsLetta(string? image) => Repository(image).EndsWith("letta/letta", StringComparison.OrdinalIgnoreCase);

    public static bool IsLettaLike(string? image) =>
        IsLetta(image) || Repository(image).Split('/')[^1].Contains("letta", StringComparison.OrdinalIgnoreCase);

    /// <summary>The name with what a reader takes for granted: without tag and digest, <c>latest</c>.</summary>
    public static string WithTag(string image) => image == Repository(image) ? image + ":latest" : image;

    private static bool Holds(string? image, string word)
    {
        var last = Repository(image).Split('/')[^1];
        return (last.Contains(word, StringComparison.OrdinalIgnoreCase)
            || Repository(image).Contains(word + "/", StringComparison.OrdinalIgnoreCase))
            && !Array.Exists(Companions, companion => last.Contains(companion, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The name without tag and digest.</summary>
    private static string Repository(string? image)
    {
        var name = (image ?? string.Empty).Split('@')[0];
        var colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf('/') ? name[..colon] : name;
    }
}
