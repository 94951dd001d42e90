namespace LettaDr;

/// <summary>A service's environment from its <c>env_file:</c> and <c>environment:</c>.</summary>
/// <param name="folder">The project's folder.</param>
/// <param name="readFile">The text of a file by its full path, or null when there is none.</param>
/// <param name="variables">The variables by which values are interpolated.</param>
internal sealed class ComposeEnvironment(string folder, Func<string, string?> readFile, Func<string, SourcedText?> variables)
{
    private readonly ComposeTemplate _template = new(variables);

    public IReadOnlyDictionary<string, SourcedText> Read(Dictionary<string, object?> service, string origin)
    {
        var environment = new Dictionary<string, SourcedText>(StringComparer.Ordinal);
        foreach (var (path, required) in Files(ComposeNode.Value(service, "env_file"), origin))
        {
            foreach (var (name, value) in ReadFile(path, required, origin))
            {
                environment[name] = value;
            }
        }

        foreach (var (name, value) in ComposeMerge.AsMap(ComposeNode.Value(service, "environment") ?? new List<object?>()))
        {
            if (value is string text)
            {
                environment[name] = _template.Expand(text, $"{origin}.environment.{name}");
            }
            else if (variables(name) is { } inherited)
            {
                environment[name] = new SourcedText(inherited.Value, $"{origin}.environment.{name} ({inherited.Source})");
            }
        }

        return environment;
    }

    private IEnumerable<(string Path, bool Required)> Files(object? node, string origin)
    {
        foreach (var item in node as List<object?> ?? [node])
        {
            var map = ComposeNode.Map(item);
            if ((item as string ?? ComposeNode.Text(map, "path")) is { } path)
            {
                yield return (_template.Expand(path, origin + ".env_file").Value, ComposeNode.Text(map, "required") != "false");
            }
        }
    }

    private IReadOnlyDictionary<string, SourcedText> ReadFile(string path, bool required, string origin)
    {
        var text = readFile(Path.GetFullPath(path, folder));
        if (text is not null)
        {
            return DotEnvFile.Parse(text, path, variables);
        }

        return required
            ? throw new LettaDrException(
                "EnvFileNotFound", FaultKind.NotFound, $"The file {path} that {origin}.env_file names is not there.",
                "Put it back, or name the deployment by its Compose project, container or database URI.")
            : new Dictionary<string, SourcedText>();
    }
}
