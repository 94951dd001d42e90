namespace LettaDr.Systems;

/// <summary>Reads every file that a deployment is configured by: from this machine and from its containers. What cannot be read is told.</summary>
/// <param name="deployment">The deployment.</param>
/// <param name="engine">The Docker engine; null when none answers.</param>
internal sealed class ConfigurationCollector(LettaDeployment deployment, DockerEngine? engine)
{
    private const int MostFilesOfFolder = 1000;
    private static readonly HashSet<string> CredentialFiles = new(StringComparer.OrdinalIgnoreCase)
    {
        "credentials", "pg_uri", ".pgpass", "pgpass", ".netrc", ".htpasswd", "id_rsa", "id_ed25519", "id_ecdsa",
    };

    private readonly Dictionary<string, CollectedFile> _files = new(StringComparer.Ordinal);
    private readonly List<string> _missing = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>What was read.</summary>
    public IReadOnlyCollection<CollectedFile> Files => _files.Values;

    /// <summary>What should have been there, in sentences.</summary>
    public IReadOnlyList<string> Missing => _missing;

    /// <summary>Reads everything.</summary>
    public async Task CollectAsync(CancellationToken cancellationToken)
    {
        if (deployment.Compose is { } project)
        {
            var environment = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
                .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? string.Empty, StringComparer.Ordinal);
            var references = new ComposeReferences(environment, ReadText, ComposeYaml.Parse, _missing.Add);
            foreach (var reference in references.Find(project))
            {
                AddReference(reference);
            }
        }

        foreach (var container in deployment.Containers.Where(container => container.Id is not null))
        {
            await AddMountsAsync(container, cancellationToken).ConfigureAwait(false);
        }

        if (deployment.Server?.Container is { Id: not null } server && engine is not null)
        {
            await AddServerAsync(server, cancellationToken).ConfigureAwait(false);
        }
    }

    private static string? ReadText(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private void AddReference(ReferencedFile reference)
    {
        if (Directory.Exists(reference.Path))
        {
            if (reference.ReadOnly && _seen.Add(reference.Path))
            {
                AddFolder(reference);
            }
        }
        else if (File.Exists(reference.Path))
        {
            AddHostFile(reference.Path, reference.Purpose, reference.Secret);
        }
        else if (reference.Required && !IsSpecial(reference.Path) && _seen.Add(reference.Path))
        {
            _missing.Add($"{reference.Path} ({reference.Purpose}) is not there.");
        }
    }

    private void AddFolder(ReferencedFile reference)
    {
        try
        {
            var files = Directory.EnumerateFiles(reference.Path, "*", SearchOption.AllDirectories).Take(MostFilesOfFolder + 1).ToList();
            if (files.Count > MostFilesOfFolder)
            {
                _missing.Add($"{reference.Path} ({reference.Purpose}) holds more than {MostFilesOfFolder} files and is taken for data.");
                return;
            }

            files.ForEach(file => AddHostFile(file, reference.Purpose, reference.Secret));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _missing.Add($"{reference.Path} ({reference.Purpose}) cannot be read: {exception.Message}");
        }
    }

    private void AddHostFile(string path, string purpose, bool secret)
    {
        if (!_seen.Add(path) || IsSpecial(path))
        {
            return;
        }

        try
        {
            var length = new FileInfo(path).Length;
            if (length > CollectedFile.Limit)
            {
                _missing.Add($"{path} ({purpose}) has {ByteSize.Format(length)}, and is left out.");
                return;
            }

            Add(new CollectedFile
            {
                Path = ConfigurationPaths.OfHost(path, deployment.Compose?.Folder), OriginalPath = path, Purpose = purpose,
                Mode = OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(path), Content = File.ReadAllBytes(path),
                IsSecret = secret || IsCredential(path), WrittenAt = new DateTimeOffset(File.GetLastWriteTimeUtc(path)),
            });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _missing.Add($"{path} ({purpose}) cannot be read: {exception.Message}");
        }
    }

    private async Task AddMountsAsync(DeploymentContainer container, CancellationToken cancellationToken)
    {
        foreach (var mount in container.Volumes.Where(volume => volume.Kind == "bind"))
        {
            var reference = new ReferencedFile(
                mount.Source, $"{mount.Destination} of {container.Service ?? container.Name}", Secret: ComposeReferences.IsSecretMount(mount),
                ReadOnly: ComposeReferences.IsConfiguration(mount));
            if (engine is { IsLocal: true } && (File.Exists(mount.Source) || Directory.Exists(mount.Source)))
            {
                AddReference(reference);
            }
            else if (engine is not null && !IsSpecial(mount.Source) && _seen.Add(mount.Source))
            {
                // The host's files are not this process's: it runs in a container, or the engine elsewhere. The container sees them.
                if (!await AddFromContainerAsync(
                    container, mount.Destination, reference.Purpose, reference.Secret, foldersToo: reference.ReadOnly, cancellationToken).ConfigureAwait(false))
                {
                    _missing.Add($"{mount.Source} ({reference.Purpose}) is not there.");
                }
            }
        }
    }

    private async Task AddServerAsync(DeploymentContainer server, CancellationToken cancellationToken)
    {
        var environment = (await engine!.DescribeAsync(server.Id!, cancellationToken).ConfigureAwait(false)).Environment;
        var home = await ServerHome.FindAsync(engine, server, environment, cancellationToken).ConfigureAwait(false);
        await AddFromContainerAsync(server, home + "/.letta", "~/.letta of the server", secret: false, foldersToo: true, cancellationToken).ConfigureAwait(false);
        foreach (var variable in new[] { "LETTA_CONFIG_PATH", "MEMGPT_CONFIG_PATH", "TOOL_EXEC_DIR", "LETTA_TOOL_EXEC_DIR" })
        {
            if (environment.TryGetValue(variable, out var path) && path.StartsWith('/')
                && !await AddFromContainerAsync(server, path, $"{variable} of the server", secret: false, foldersToo: true, cancellationToken).ConfigureAwait(false))
            {
                _missing.Add($"{path} ({variable} of the server) is not there.");
            }
        }
    }

    private Task<bool> AddFromContainerAsync(
        DeploymentContainer container, string path, string purpose, bool secret, bool foldersToo, CancellationToken cancellationToken)
    {
        var parent = path[..path.TrimEnd('/').LastIndexOf('/')];
        return new ContainerArchive(engine!, container.Id!).ReadAsync(
            path,
            async entry =>
            {
                var full = $"{parent}/{entry.Name.TrimEnd('/')}";
                if (entry.EntryType is System.Formats.Tar.TarEntryType.SymbolicLink or System.Formats.Tar.TarEntryType.HardLink
                    && (foldersToo || full == path.TrimEnd('/')) && !IsOfAnotherPart(full))
                {
                    _missing.Add($"{full} of {container.Name} is a link to {entry.LinkName}, and is left out.");
                    return;
                }

                if (entry.EntryType is not (System.Formats.Tar.TarEntryType.RegularFile or System.Formats.Tar.TarEntryType.V7RegularFile)
                    || (!foldersToo && full != path.TrimEnd('/')) || IsOfAnotherPart(full))
                {
                    return;
                }

                if (entry.Length > CollectedFile.Limit)
                {
                    _missing.Add($"{full} of {container.Name} has {ByteSize.Format(entry.Length)}, and is left out.");
                    return;
                }

                using var content = new MemoryStream();
                if (entry.DataStream is { } data)
                {
                    await data.CopyToAsync(content, cancellationToken).ConfigureAwait(false);
                }

                Add(new CollectedFile
                {
                    Path = ConfigurationPaths.OfContainer(container, full, deployment.Compose?.Folder),
                    OriginalPath = ConfigurationPaths.HostPath(container, full) ?? full,
                    Container = ConfigurationPaths.HostPath(container, full) is null ? container.Service ?? container.Name : null,
                    Purpose = purpose, Mode = entry.Mode, Content = content.ToArray(), IsSecret = secret || IsCredential(full),
                    WrittenAt = entry.ModificationTime,
                });
            },
            cancellationToken);
    }

    /// <summary>A path that two services share is one file.</summary>
    private void Add(CollectedFile file) => _files.TryAdd(file.Path, file);

    /// <summary>Memory has a part of its own, and the log and the database of an old Letta are no configuration.</summary>
    private static bool IsOfAnotherPart(string path) =>
        path.Contains("/.letta/memfs/", StringComparison.Ordinal) || path.Contains("/.letta/logs/", StringComparison.Ordinal)
        || path.EndsWith("/.letta/sqlite.db", StringComparison.Ordinal);

    private static bool IsCredential(string path) =>
        CredentialFiles.Contains(Path.GetFileName(path)) || Path.GetExtension(path).ToLowerInvariant() is ".key" or ".pfx" or ".p12" or ".jks";

    /// <summary>Sockets and what the kernel makes up: mounted, but no files.</summary>
    private static bool IsSpecial(string path) =>
        path.StartsWith("/proc/", StringComparison.Ordinal) || path.StartsWith("/sys/", StringComparison.Ordinal)
        || path.StartsWith("/dev/", StringComparison.Ordinal) || path.EndsWith(".sock", StringComparison.Ordinal)
        || path is "/etc/localtime" or "/etc/timezone";
}
