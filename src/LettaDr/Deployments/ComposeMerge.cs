namespace LettaDr;

/// <summary>Lays one Compose file over another, as Compose merges an override file.</summary>
internal static class ComposeMerge
{
    /// <summary>Maps are merged, environments too whatever their form, lists are joined, everything else is replaced.</summary>
    public static Dictionary<string, object?> Merge(Dictionary<string, object?> lower, Dictionary<string, object?> upper)
    {
        var result = new Dictionary<string, object?>(lower, StringComparer.Ordinal);
        foreach (var (key, value) in upper)
        {
            result[key] = (result.GetValueOrDefault(key), value) switch
            {
                (Dictionary<string, object?> left, Dictionary<string, object?> right) => Merge(left, right),
                ({ } left, { } right) when key is "environment" or "labels" => Merge(AsMap(left), AsMap(right)),
                ({ } left, { } right) when key == "depends_on" => Merge(ComposeDependencies.AsMap(left), ComposeDependencies.AsMap(right)),
                (List<object?>, List<object?> right) when key is "command" or "entrypoint" => right,
                ({ } left, { } right) when key == "env_file" => AsList(left).Concat(AsList(right)).ToList(),
                (List<object?> left, List<object?> right) => left.Concat(right).ToList(),
                _ => value,
            };
        }

        return result;
    }

    /// <summary>A list of <c>NAME=value</c> as a map; a bare NAME has no value.</summary>
    public static Dictionary<string, object?> AsMap(object node)
    {
        if (node is Dictionary<string, object?> map)
        {
            return map;
        }

        var result = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var item in ComposeNode.List(node)?.OfType<string>() ?? [])
        {
            var separator = item.IndexOf('=', StringComparison.Ordinal);
            result[separator < 0 ? item : item[..separator]] = separator < 0 ? null : item[(separator + 1)..];
        }

        return result;
    }

    private static List<object?> AsList(object node) => node as List<object?> ?? [node];
}
