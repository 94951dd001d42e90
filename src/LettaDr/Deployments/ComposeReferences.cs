namespace LettaDr;

/// <summary>Finds every file that a Compose project is made of or refers to, with its overrides, <c>extends:</c> and <c>include:</c>.</summary>
/// <param name="environment">This process's environment.</param>
/// <param name="readFile">The text of a file by its full path, or null when there is none.</param>
/// <param name="parseYaml">Parses a file's text, given its name for errors, into maps, lists and texts.</param>
/// <param name="onProblem">Hears of what keeps a reference from being followed.</param>
internal sealed class ComposeReferences(
    IReadOnlyDictionary<string, string> environment, Func<string, string?> readFile, Func<string, string, object?> parseYaml,
    Action<string> onProblem)
{
    private readonly List<ReferencedFile> _files = [];
    private readonly HashSet<string> _visited = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SourcedText> _variables = new(StringComparer.Ordinal);

    /// <summary>The files, each once.</summary>
    public IReadOnlyList<ReferencedFile> Find(ComposeLocation project)
    {
        if (project.EnvironmentFiles.Count == 0)
        {
            AddVariables(Path.Combine(project.Folder, ".env"), required: false);
        }

        foreach (var file in project.EnvironmentFiles)
        {
            AddVariables(file, required: true);
        }

        foreach (var file in project.Files)
        {
            Follow(file, project.Folder, service: null, "Compose file");
        }

        return [.. _files.DistinctBy(file => file.Path)];
    }

    private void Follow(string path, string folder, string? service, string purpose)
    {
        if (!_visited.Add($"{path}\n{service}"))
        {
            return;
        }

        _files.Add(new ReferencedFile(path, purpose));
        if (readFile(path) is not { } text)
        {
            return;
        }

        try
        {
            var document = ComposeNode.Map(parseYaml(text, path));
            Include(document, folder);
            foreach (var (name, node) in ComposeNode.Map(document, "services") ?? [])
            {
                if ((service is null || name == service) && ComposeNode.Map(node) is { } map)
                {
                    Service(name, map, folder);
                }
            }

            Sources(document, "configs", "config", folder, secret: false);
            Sources(document, "secrets", "secret", folder, secret: true);
        }
        catch (LettaDrException problem)
        {
            onProblem(problem.Message);
        }
    }

    private void Include(Dictionary<string, object?>? document, string folder)
    {
        foreach (var item in ComposeNode.List(ComposeNode.Value(document, "include")) ?? [])
        {
            var map = ComposeNode.Map(item);
            var paths = Texts(map is null ? item : ComposeNode.Value(map, "path")).Select(path => Full(path, folder)).ToList();
            var inner = ComposeNode.Text(map, "project_directory") is { } named
                ? Full(named, folder)
                : paths.Count > 0 ? Path.GetDirectoryName(paths[0])! : folder;
            foreach (var file in Texts(ComposeNode.Value(map, "env_file")))
            {
                AddVariables(Full(file, folder), required: true);
            }

            AddVariables(Path.Combine(inner, ".env"), required: false);
            paths.ForEach(path => Follow(path, inner, service: null, "Compose file (include)"));
        }
    }

    private void Service(string name, Dictionary<string, object?> service, string folder)
    {
        var extends = ComposeNode.Map(service, "extends");
        if (ComposeNode.Text(extends, "file") is { } parent)
        {
            var path = Full(parent, folder);
            Follow(path, Path.GetDirectoryName(path)!, ComposeNode.Text(extends, "service"), $"Compose file (extends of {name})");
        }

        var files = ComposeNode.Value(service, "env_file");
        foreach (var item in files as List<object?> ?? [files])
        {
            var map = ComposeNode.Map(item);
            if ((item as string ?? ComposeNode.Text(map, "path")) is { } path)
            {
                Add(path, folder, $"env_file of {name}", ComposeNode.Text(map, "required") != "false");
            }
        }

        var volumes = new ComposeVolumes(folder, volume => volume, Expand);
        foreach (var mount in volumes.Parse(ComposeNode.List(ComposeNode.Value(service, "volumes")) ?? []).Where(mount => mount.Kind == "bind"))
        {
            _files.Add(new ReferencedFile(mount.Source, $"{mount.Destination} of {name}", Secret: IsSecretMount(mount), ReadOnly: IsConfiguration(mount)));
        }
    }

    /// <summary>Whether Docker or the image expects a secret there.</summary>
    public static bool IsSecretMount(ContainerVolume mount) =>
        mount.Destination.StartsWith("/run/secrets/", StringComparison.Ordinal) || mount.Destination.StartsWith("/var/run/secrets/", StringComparison.Ordinal);

    /// <summary>Whether a mounted folder configures its container, as far as one can tell: others hold data.</summary>
    public static bool IsConfiguration(ContainerVolume mount) =>
        mount.ReadOnly || mount.Destination.StartsWith("/etc/", StringComparison.Ordinal)
        || mount.Destination.StartsWith("/docker-entrypoint-initdb.d", StringComparison.Ordinal) || IsSecretMount(mount);

    private void Sources(Dictionary<string, object?>? document, string key, string word, string folder, bool secret)
    {
        foreach (var (name, node) in ComposeNode.Map(document, key) ?? [])
        {
            if (ComposeNode.Text(ComposeNode.Map(node), "file") is { } file)
            {
                _files.Add(new ReferencedFile(Full(file, folder), $"{word} {name}", Secret: secret, ReadOnly: true));
            }
        }
    }

    private void Add(string path, string folder, string purpose, bool required) =>
        _files.Add(new ReferencedFile(Full(path, folder), purpose, required));

    private void AddVariables(string path, bool required)
    {
        var text = readFile(path);
        if (text is null && !required)
        {
            return;
        }

        _files.Add(new ReferencedFile(path, "variables of the Compose files", required));
        try
        {
            foreach (var (name, value) in DotEnvFile.Parse(text ?? string.Empty, path, Lookup))
            {
                _variables.TryAdd(name, value);
            }
        }
        catch (LettaDrException problem)
        {
            onProblem(problem.Message);
        }
    }

    private static IEnumerable<string> Texts(object? node) => (node as List<object?> ?? [node]).OfType<string>();

    private string Full(string path, string folder) => Path.GetFullPath(Expand(path), folder);

    private string Expand(string text) => new ComposeTemplate(Lookup).Expand(text, "the Compose file").Value;

    private SourcedText? Lookup(string name) =>
        environment.TryGetValue(name, out var value) ? new SourcedText(value, name) : _variables.GetValueOrDefault(name);
}
