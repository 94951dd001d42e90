using System.Globalization;

namespace LettaDr;

/// <summary>The <c>ports:</c> of a service, in its short and its long form.</summary>
internal static class ComposePorts
{
    /// <summary>TCP ports: container port to host port; a host port of 0 is chosen by Docker at start.</summary>
    public static IReadOnlyDictionary<int, int> Parse(IEnumerable<object?> ports, Func<string, string> expand)
    {
        var published = new Dictionary<int, int>();
        foreach (var port in ports)
        {
            if (port is string text)
            {
                Short(expand(text), published);
            }
            else if (ComposeNode.Map(port) is { } map
                && ComposeNode.Text(map, "target") is { } target
                && (ComposeNode.Text(map, "protocol") ?? "tcp") == "tcp")
            {
                Pairs(expand(target), expand(ComposeNode.Text(map, "published") ?? "0"), published);
            }
        }

        return published;
    }

    /// <summary><c>[[address:]host:]container[/protocol]</c>, each port a number or a range.</summary>
    private static void Short(string text, Dictionary<int, int> published)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0 && text[(slash + 1)..] != "tcp")
        {
            return;
        }

        var main = slash < 0 ? text : text[..slash];
        var colon = main.LastIndexOf(':');
        var container = main[(colon + 1)..];
        var before = colon < 0 ? string.Empty : main[..colon];
        var host = before[(before.LastIndexOf(':') + 1)..];
        Pairs(container, host.Length == 0 ? "0" : host, published);
    }

    private static void Pairs(string container, string host, Dictionary<int, int> published)
    {
        if (Range(container) is not { } inside || Range(host) is not { } outside)
        {
            return;
        }

        for (var port = inside.First; port <= inside.Last; port++)
        {
            published[port] = outside.First == 0 ? 0 : Math.Min(outside.First + port - inside.First, outside.Last);
        }
    }

    private static (int First, int Last)? Range(string text)
    {
        var parts = text.Split('-');
        return int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && parts.Length <= 2 && first <= last && last < 65536
            ? (first, last) : null;
    }
}
