namespace LettaDr;

/// <summary>Reads a Compose project as <c>docker compose</c> would see it, as far as a deployment of Letta goes.</summary>
/// <param name="environment">This process's environment.</param>
/// <param name="readFile">The text of a file by its full path, or null when there is none.</param>
/// <param name="parseYaml">Parses a file's text, given its name for errors, into maps, lists and texts.</param>
internal sealed class ComposeProjectReader(
    IReadOnlyDictionary<string, string> environment, Func<string, string?> readFile, Func<string, string, object?> parseYaml)
{
    private static readonly string[] FileNames = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];

    /// <summary>The files of the project in a folder: COMPOSE_FILE's, else the first that there is, with its override.</summary>
    /// <returns>Full paths; none when the folder holds no Compose file.</returns>
    public IReadOnlyList<string> FindFiles(string folder)
    {
        if (Variables(folder)("COMPOSE_FILE") is { Value.Length: > 0 } configured)
        {
            var separator = environment.GetValueOrDefault("COMPOSE_PATH_SEPARATOR") ?? Path.PathSeparator.ToString();
            return [.. configured.Value.Split(separator, StringSplitOptions.RemoveEmptyEntries).Select(file => Path.GetFullPath(file, folder))];
        }

        var main = FileNames.Select(name => Path.Combine(folder, name)).FirstOrDefault(path => readFile(path) is not null);
        if (main is null)
        {
            return [];
        }

        var stem = Path.GetFileNameWithoutExtension(main);
        var upper = new[] { ".override.yml", ".override.yaml" }
            .Select(extension => Path.Combine(folder, stem + extension)).FirstOrDefault(path => readFile(path) is not null);
        return upper is null ? [main] : [main, upper];
    }

    /// <summary>Reads the project made of these files; its folder is the first one's.</summary>
    /// <exception cref="LettaDrException">A file is missing or malformed, or a variable that must be set is not.</exception>
    public ComposeProject Read(IReadOnlyList<string> files)
    {
        var folder = Path.GetDirectoryName(files[0])!;
        var variables = Variables(folder);
        var fileName = Path.GetFileName(files[0]);
        var document = files.Select(Document).Aggregate(ComposeMerge.Merge);
        var template = new ComposeTemplate(variables);
        var name = ComposeProjectName.Find(
            variables("COMPOSE_PROJECT_NAME"),
            ComposeNode.Text(document, "name") is { } text ? template.Expand(text, $"{fileName} name") : null,
            folder);
        var services = ComposeNode.Map(document, "services") ?? throw new LettaDrException(
            "ComposeFileInvalid", FaultKind.InvalidArgument, $"{files[0]} has no services.",
            "Name a Compose file, or a folder that holds one.", files[0]);
        var reader = new ComposeServiceReader(name.Value, folder, document, readFile, variables);
        var whole = services
            .Where(service => service.Value is Dictionary<string, object?>)
            .Select(service => (Name: service.Key, Body: Extend(ComposeNode.Map(service.Value)!, services, folder, depth: 0))).ToList();
        var members = whole.Select(service => reader.Read(service.Name, service.Body, $"{fileName} services.{service.Name}")).ToList();
        return new ComposeProject(name, files, members)
        {
            Services = [.. whole.Zip(members, (service, member) => new ComposeService(
                service.Name, ComposeDependencies.Parse(service.Body), member.Container.Image, service.Body.ContainsKey("build")))],
        };
    }

    /// <summary>This process's environment, which wins, and the .env file beside the project.</summary>
    private Func<string, SourcedText?> Variables(string folder)
    {
        var file = readFile(Path.Combine(folder, ".env")) is { } text
            ? DotEnvFile.Parse(text, ".env", Outside)
            : new Dictionary<string, SourcedText>();
        return name => Outside(name) ?? file.GetValueOrDefault(name);

        SourcedText? Outside(string name) =>
            environment.TryGetValue(name, out var value) ? new SourcedText(value, $"environment variable {name}") : null;
    }

    private Dictionary<string, object?> Document(string path)
    {
        var text = readFile(path) ?? throw new LettaDrException(
            "ComposeFileNotFound", FaultKind.NotFound, $"There is no Compose file {path}.",
            "Check the path; a Compose project that runs is named by its name instead (-Project).", path);
        return ComposeNode.Map(parseYaml(text, path)) ?? throw new LettaDrException(
            "ComposeFileInvalid", FaultKind.InvalidArgument, $"{path} is not a Compose file: it is no map of names to values.",
            "Name a Compose file, or a folder that holds one.", path);
    }

    private Dictionary<string, object?> Extend(
        Dictionary<string, object?> service, Dictionary<string, object?> services, string folder, int depth)
    {
        var extends = ComposeNode.Value(service, "extends");
        var name = extends as string ?? ComposeNode.Text(ComposeNode.Map(extends), "service");
        if (name is null || depth > 16)
        {
            return service;
        }

        if (ComposeNode.Text(ComposeNode.Map(extends), "file") is { } file)
        {
            services = ComposeNode.Map(Document(Path.GetFullPath(file, folder)), "services") ?? [];
        }

        return ComposeNode.Map(services, name) is { } parent
            ? ComposeMerge.Merge(Extend(parent, services, folder, depth + 1), service)
            : service;
    }
}
