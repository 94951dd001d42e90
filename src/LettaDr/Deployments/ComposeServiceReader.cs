namespace LettaDr;

/// <summary>Reads one service of a Compose project.</summary>
internal sealed class ComposeServiceReader
{
    private readonly string _project;
    private readonly string _folder;
    private readonly Dictionary<string, object?> _document;
    private readonly ComposeEnvironment _environment;
    private readonly ComposeTemplate _template;
    private readonly ComposeVolumes _volumes;

    public ComposeServiceReader(
        string project, string folder, Dictionary<string, object?> document, Func<string, string?> readFile, Func<string, SourcedText?> variables)
    {
        _project = project;
        _folder = folder;
        _document = document;
        _environment = new ComposeEnvironment(folder, readFile, variables);
        _template = new ComposeTemplate(variables);
        _volumes = new ComposeVolumes(folder, VolumeName, Expand);
    }

    public DeploymentMember Read(string name, Dictionary<string, object?> service, string origin)
    {
        var ports = ComposePorts.Parse(Items(service, "ports"), Expand);
        var container = new DeploymentContainer
        {
            Name = Text(service, "container_name") ?? name,
            Service = name,
            Project = _project,
            Image = Text(service, "image"),
            PublishedPorts = ports.Where(port => port.Value != 0).ToDictionary(port => port.Key, port => port.Value),
            Volumes = _volumes.Parse(Items(service, "volumes")),
        };

        return new DeploymentMember
        {
            Name = name,
            Origin = origin,
            Container = container,
            Environment = _environment.Read(service, origin),
            Aliases = [.. Aliases(service, name).Distinct(StringComparer.OrdinalIgnoreCase)],
            Ports = [.. ports.Keys.Concat(ComposePorts.Parse(Items(service, "expose"), Expand).Keys).Distinct()],
            Command = Command(ComposeNode.Value(service, "command")),
            SecretFiles = SecretFiles(service),
            UsesHostNetwork = Text(service, "network_mode") == "host",
        };
    }

    private static List<object?> Items(Dictionary<string, object?> service, string key) =>
        ComposeNode.List(ComposeNode.Value(service, key)) ?? [];

    private IEnumerable<string> Aliases(Dictionary<string, object?> service, string name)
    {
        yield return name;
        foreach (var key in new[] { "container_name", "hostname" })
        {
            if (Text(service, key) is { } text)
            {
                yield return text;
            }
        }

        foreach (var network in ComposeNode.Map(service, "networks")?.Values ?? (IEnumerable<object?>)[])
        {
            foreach (var alias in ComposeNode.List(ComposeNode.Value(ComposeNode.Map(network), "aliases"))?.OfType<string>() ?? [])
            {
                yield return Expand(alias);
            }
        }
    }

    private Dictionary<string, string> SecretFiles(Dictionary<string, object?> service)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in Items(service, "secrets"))
        {
            var map = ComposeNode.Map(item);
            if ((item as string ?? Text(map, "source")) is { } name
                && Text(ComposeNode.Map(ComposeNode.Map(_document, "secrets"), name), "file") is { } file)
            {
                var target = Text(map, "target") ?? name;
                files[target.StartsWith('/') ? target : $"/run/secrets/{target}"] = Path.GetFullPath(file, _folder);
            }
        }

        return files;
    }

    private string VolumeName(string name)
    {
        var declared = ComposeNode.Map(ComposeNode.Map(_document, "volumes"), name);
        return Text(declared, "name")
            ?? Text(ComposeNode.Map(declared, "external"), "name")
            ?? (Text(declared, "external") == "true" ? name : $"{_project}_{name}");
    }

    private List<string> Command(object? node) => node switch
    {
        string text => [.. Expand(text).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
        List<object?> list => [.. list.OfType<string>().Select(Expand)],
        _ => [],
    };

    private string? Text(Dictionary<string, object?>? map, string key) =>
        ComposeNode.Text(map, key) is { } text ? Expand(text) : null;

    private string Expand(string text) => _template.Expand(text, "the Compose file").Value;
}
