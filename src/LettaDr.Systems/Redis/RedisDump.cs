using System.Globalization;

namespace LettaDr.Systems;

/// <summary>What redis-check-rdb counts in a snapshot.</summary>
/// <param name="Keys">Keys of all databases, those whose time is up included.</param>
/// <param name="Expiring">Keys that expire.</param>
/// <param name="Expired">Keys whose time is up.</param>
internal sealed record RedisDump(long Keys, long Expiring, long Expired)
{
    /// <summary>Reads what redis-check-rdb has written of a snapshot that is sound.</summary>
    public static RedisDump Parse(string text)
    {
        var lines = text.Split('\n');
        return new RedisDump(Count("keys read"), Count("expires"), Count("already expired"));

        // E.g. "[info] 12 keys read".
        long Count(string what) =>
            lines.Select(line => line.Split(' ', 3)).Where(words => words is ["[info]", _, var rest] && rest.Trim() == what)
                .Select(words => long.Parse(words[1], CultureInfo.InvariantCulture)).Single();
    }
}
