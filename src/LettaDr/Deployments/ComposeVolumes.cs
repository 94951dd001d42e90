namespace LettaDr;

/// <summary>The <c>volumes:</c> of a service, in its short and its long form.</summary>
/// <param name="folder">The project's folder, from which relative paths count.</param>
/// <param name="nameOf">Docker's name of a volume that the project declares.</param>
/// <param name="expand">Replaces variables.</param>
internal sealed class ComposeVolumes(string folder, Func<string, string> nameOf, Func<string, string> expand)
{
    public IReadOnlyList<ContainerVolume> Parse(IEnumerable<object?> volumes) =>
        [.. volumes.Select(volume => volume is string text ? Short(expand(text)) : Long(ComposeNode.Map(volume))).OfType<ContainerVolume>()];

    private ContainerVolume? Long(Dictionary<string, object?>? map)
    {
        if (ComposeNode.Text(map, "target") is not { } target)
        {
            return null;
        }

        var source = expand(ComposeNode.Text(map, "source") ?? string.Empty);
        var kind = ComposeNode.Text(map, "type") ?? (IsPath(source) ? "bind" : "volume");
        return new ContainerVolume(kind, Resolve(kind, source), expand(target), ComposeNode.Text(map, "read_only") == "true");
    }

    /// <summary><c>[source:]target[:mode]</c>.</summary>
    private ContainerVolume Short(string text)
    {
        var parts = text.Split(':');
        if (parts.Length == 1)
        {
            return new ContainerVolume("volume", string.Empty, text, ReadOnly: false);
        }

        var kind = IsPath(parts[0]) ? "bind" : "volume";
        var readOnly = parts.Length > 2 && parts[2].Split(',').Contains("ro");
        return new ContainerVolume(kind, Resolve(kind, parts[0]), parts[1], readOnly);
    }

    private string Resolve(string kind, string source)
    {
        if (kind == "volume")
        {
            return source.Length == 0 ? source : nameOf(source);
        }

        if (kind != "bind" || source.Length == 0)
        {
            return source;
        }

        if (source == "~" || source.StartsWith("~/", StringComparison.Ordinal))
        {
            source = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + source[1..];
        }

        return Path.GetFullPath(source, folder);
    }

    private static bool IsPath(string source) => source.Length > 0 && source[0] is '.' or '/' or '~';
}
