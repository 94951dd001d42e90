namespace LettaDr.Systems;

/// <summary>Finds deployments of Letta: from Compose files, running containers, PostgreSQL URIs, or the environment.</summary>
/// <param name="currentFolder">The folder from which relative paths count; null means this process's.</param>
/// <param name="environment">Variables to go by; null means this process's.</param>
internal sealed class DeploymentDiscovery(string? currentFolder = null, IReadOnlyDictionary<string, string>? environment = null)
{
    private readonly string _folder = currentFolder ?? Environment.CurrentDirectory;
    private readonly IReadOnlyDictionary<string, string> _environment = environment ?? OwnEnvironment();

    /// <summary>The deployment that a reference means: as it is, or by URI, path, Compose project or container, tried in this order; or by
    /// <c>env:NAME</c> or <c>file:PATH</c>, where such a text is found.</summary>
    /// <exception cref="LettaDrException">There is none such, or what describes it is malformed.</exception>
    public Task<LettaDeployment> ResolveAsync(DeploymentReference reference, CancellationToken cancellationToken)
    {
        if (reference.Deployment is { } known)
        {
            return Task.FromResult(known);
        }

        var text = reference.Text!.Trim();
        if (SecretLocation.Parse(text) is not null)
        {
            text = SecretSource.Read(text).Reveal();
        }

        if (text.Contains("://", StringComparison.Ordinal))
        {
            return FromUriAsync(text, cancellationToken);
        }

        return (reference.IsPlanned ? LooksLikePath(text) : IsPath(text)) ? FromPathAsync(text, cancellationToken) : FromNameAsync(text, cancellationToken);
    }

    /// <summary>
    /// Whether a text is a path. A bare name is one where there is such a file, or such a folder with a Compose file: repositories have a
    /// folder of every deployment's name, and whoever stands in one means the deployment.
    /// </summary>
    public bool IsPath(string text)
    {
        var path = Path.GetFullPath(text, _folder);
        return LooksLikePath(text) || File.Exists(path) || (Directory.Exists(path) && Reader().FindFiles(path).Count > 0);
    }

    /// <summary>Whether a text is meant as a path, though nothing is there.</summary>
    private static bool LooksLikePath(string text) =>
        text.IndexOfAny(['/', '\\']) >= 0 || text[0] is '.' or '~' || Path.GetExtension(text) is ".yml" or ".yaml";

    /// <summary>Every deployment in running containers; if none, that of the Compose file in the current folder; if none, the environment's.</summary>
    /// <param name="onFault">Hears of a deployment that is there but cannot be understood; the others are found all the same.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The deployments; none when there is nothing to find.</returns>
    public async Task<IReadOnlyList<LettaDeployment>> FindAsync(Action<LettaDrException>? onFault, CancellationToken cancellationToken)
    {
        using var session = await DiscoverySession.OpenAsync(cancellationToken).ConfigureAwait(false);
        if (session.Containers is not null)
        {
            var groups = (await session.GroupsAsync(cancellationToken).ConfigureAwait(false)).FindLetta(onFault);
            if (groups.Count > 0)
            {
                var found = new List<LettaDeployment>();
                foreach (var group in groups)
                {
                    try
                    {
                        found.Add(await session.BuildAsync(group, cancellationToken).ConfigureAwait(false));
                    }
                    catch (LettaDrException fault) when (onFault is not null)
                    {
                        onFault(fault);
                    }
                }

                return found;
            }
        }

        var reader = Reader();
        if (reader.FindFiles(_folder) is { Count: > 0 } files)
        {
            return [await session.FromComposeAsync(reader.Read(files), cancellationToken).ConfigureAwait(false)];
        }

        var variables = Variables();
        if (LettaPostgresSettings.Find(variables) is not null)
        {
            return [await session.FromEnvironmentAsync(variables, cancellationToken).ConfigureAwait(false)];
        }

        if (session.NoEngine is { } noEngine)
        {
            onFault?.Invoke(noEngine);
        }

        return [];
    }

    /// <summary>From a Compose file, or from the one in a folder.</summary>
    public async Task<LettaDeployment> FromPathAsync(string path, CancellationToken cancellationToken)
    {
        var full = Path.GetFullPath(path, _folder);
        var reader = Reader();
        IReadOnlyList<string> files = [full];
        if (Directory.Exists(full))
        {
            files = reader.FindFiles(full);
            if (files.Count == 0)
            {
                throw new LettaDrException(
                    "ComposeFileNotFound", FaultKind.NotFound, $"The folder {full} holds no Compose file.",
                    "Name the file itself, a Compose project, a container, or a PostgreSQL URI.", full);
            }
        }

        var project = reader.Read(files);
        using var session = await DiscoverySession.OpenAsync(cancellationToken).ConfigureAwait(false);
        return await session.FromComposeAsync(project, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A Compose project as it stands in its files, under the name that its containers bear.</summary>
    /// <param name="files">Its files in the order merged; full paths.</param>
    /// <param name="name">The project's name.</param>
    /// <param name="read">Gives a file's text in place of the one on this machine, or null to take that.</param>
    public ComposeProject ReadProject(IReadOnlyList<string> files, string name, Func<string, string?>? read = null)
    {
        var reader = new ComposeProjectReader(_environment, path => read?.Invoke(path) ?? ReadFile(path), ComposeYaml.Parse);
        return reader.Read(files) with { Name = new SourcedText(name, "the set") };
    }

    /// <summary>From a Compose project that has been read.</summary>
    public static async Task<LettaDeployment> FromProjectAsync(ComposeProject project, CancellationToken cancellationToken)
    {
        using var session = await DiscoverySession.OpenAsync(cancellationToken).ConfigureAwait(false);
        return await session.FromComposeAsync(project, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>From a PostgreSQL URI.</summary>
    public async Task<LettaDeployment> FromUriAsync(string uri, CancellationToken cancellationToken)
    {
        var endpoint = PostgresUri.Parse(uri);
        using var session = await DiscoverySession.OpenAsync(cancellationToken).ConfigureAwait(false);
        return await session.FromUriAsync(endpoint, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>From the running containers of a Compose project.</summary>
    public Task<LettaDeployment> FromProjectAsync(string name, CancellationToken cancellationToken) =>
        FromGroupAsync(groups => groups.FindProject(name), $"There is no running container of a Compose project {name}.", name, cancellationToken);

    /// <summary>From a running container and those that belong to it.</summary>
    public Task<LettaDeployment> FromContainerAsync(string nameOrId, CancellationToken cancellationToken) =>
        FromGroupAsync(groups => groups.FindContainer(nameOrId), $"There is no running container {nameOrId}.", nameOrId, cancellationToken);

    /// <summary>From LETTA_PG_URI or LETTA_PG_*, LETTA_REDIS_*, LETTA_BASE_URL and LETTA_SERVER_PASSWORD.</summary>
    public async Task<LettaDeployment> FromEnvironmentAsync(CancellationToken cancellationToken)
    {
        var variables = Variables();
        if (LettaPostgresSettings.Find(variables) is null)
        {
            throw new LettaDrException(
                "EnvironmentEmpty", FaultKind.NotFound, "The environment names no Letta database.",
                "Set LETTA_PG_URI, or LETTA_PG_HOST, LETTA_PG_DB, LETTA_PG_USER and LETTA_PG_PASSWORD.");
        }

        using var session = await DiscoverySession.OpenAsync(cancellationToken).ConfigureAwait(false);
        return await session.FromEnvironmentAsync(variables, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Names of the Compose projects that have running containers; none when there is no engine.</summary>
    public static async Task<IReadOnlyList<string>> ProjectNamesAsync(CancellationToken cancellationToken)
    {
        using var engine = await DockerEngine.TryConnectAsync(cancellationToken).ConfigureAwait(false);
        return engine is null ? [] : await engine.LabelValuesAsync(ContainerMapping.ProjectLabel, cancellationToken).ConfigureAwait(false);
    }

    private static Dictionary<string, string> OwnEnvironment()
    {
        var own = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            own[(string)variable.Key] = (string?)variable.Value ?? string.Empty;
        }

        return own;
    }

    private Task<LettaDeployment> FromNameAsync(string name, CancellationToken cancellationToken) => FromGroupAsync(
        groups => groups.FindProject(name) ?? groups.FindContainer(name),
        $"'{name}' is neither a file or folder, nor a Compose project or container that runs.", name, cancellationToken);

    private static async Task<LettaDeployment> FromGroupAsync(
        Func<ContainerGroups, (SourcedText? Name, RecognisedMembers Members)?> find, string missing, string target, CancellationToken cancellationToken)
    {
        using var session = await DiscoverySession.OpenAsync(cancellationToken).ConfigureAwait(false);
        session.RequireEngine();
        var group = find(await session.GroupsAsync(cancellationToken).ConfigureAwait(false)) ?? throw new LettaDrException(
            "DeploymentNotFound", FaultKind.NotFound, missing,
            "See 'docker ps' for what runs; a stopped deployment can be named by its Compose file.", target);
        return await session.BuildAsync(group, cancellationToken).ConfigureAwait(false);
    }

    private Dictionary<string, SourcedText> Variables() => _environment.ToDictionary(
        pair => pair.Key, pair => new SourcedText(pair.Value, $"environment variable {pair.Key}"), StringComparer.Ordinal);

    private ComposeProjectReader Reader() => new(_environment, ReadFile, ComposeYaml.Parse);

    private static string? ReadFile(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LettaDrException(
                "FileNotReadable", FaultKind.PermissionDenied, $"{path} cannot be read: {exception.Message}",
                "Run as a user who may read it.", path, exception);
        }
    }
}
