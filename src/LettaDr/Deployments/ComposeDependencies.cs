namespace LettaDr;

/// <summary>
/// What a service needs: <c>depends_on</c> as a list or a map, and what Compose takes for it: <c>links</c>, <c>volumes_from</c>, and
/// another service's network, IPC or PID namespace. See "depends_on" in the Compose file reference.
/// </summary>
internal static class ComposeDependencies
{
    public static IReadOnlyList<ComposeDependency> Parse(Dictionary<string, object?> service)
    {
        var named = AsMap(ComposeNode.Value(service, "depends_on")).Select(pair => Of(pair.Key, ComposeNode.Map(pair.Value)));
        var links = Texts(service, "links").Select(text => text.Split(':')[0]);
        var volumes = Texts(service, "volumes_from").Where(text => !text.StartsWith("container:", StringComparison.Ordinal)).Select(text => text.Split(':')[0]);
        var shared = new[] { "network_mode", "ipc", "pid" }.Select(key => ComposeNode.Text(service, key))
            .Where(text => text?.StartsWith("service:", StringComparison.Ordinal) == true).Select(text => text!["service:".Length..]);
        return [.. named.Concat(links.Concat(volumes).Concat(shared).Select(name => new ComposeDependency(name, ComposeCondition.Started))).DistinctBy(dependency => dependency.Service)];
    }

    /// <summary>Both forms as a map of names to what is said of them.</summary>
    public static Dictionary<string, object?> AsMap(object? node) =>
        ComposeNode.Map(node) ?? (ComposeNode.List(node) ?? []).OfType<string>().Distinct().ToDictionary(name => name, _ => (object?)null, StringComparer.Ordinal);

    private static ComposeDependency Of(string name, Dictionary<string, object?>? said) => new(
        name,
        ComposeNode.Text(said, "condition") switch
        {
            "service_healthy" => ComposeCondition.Healthy,
            "service_completed_successfully" => ComposeCondition.Completed,
            _ => ComposeCondition.Started,
        },
        ComposeNode.Text(said, "required") != "false");

    private static IEnumerable<string> Texts(Dictionary<string, object?> service, string key) =>
        ComposeNode.List(ComposeNode.Value(service, key))?.OfType<string>() ?? [];
}
