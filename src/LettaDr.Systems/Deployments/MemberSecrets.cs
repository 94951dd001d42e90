using System.Text;

namespace LettaDr.Systems;

/// <summary>Values that a container is told by the name of a file (<c>POSTGRES_PASSWORD_FILE</c>), read where they lie.</summary>
internal sealed class MemberSecrets(DockerEngine? engine)
{
    private const int Limit = 64 * 1024;

    /// <summary>The files that Letta's init.sql looks into before it looks at POSTGRES_*.</summary>
    private static readonly (string Variable, string File)[] LettaSecrets =
    [
        ("POSTGRES_USER", "letta-user"), ("POSTGRES_PASSWORD", "letta-password"), ("POSTGRES_DB", "letta-db"),
    ];

    /// <summary>The member with the variables that its files hold; a file that cannot be read changes nothing.</summary>
    public async Task<DeploymentMember> ResolveAsync(DeploymentMember member, CancellationToken cancellationToken)
    {
        var wanted = member.Environment
            .Where(pair => pair.Key.EndsWith("_FILE", StringComparison.Ordinal) && pair.Value.Value.StartsWith('/')
                && (pair.Key.StartsWith("POSTGRES_", StringComparison.Ordinal)
                    || pair.Key.StartsWith("LETTA_", StringComparison.Ordinal)
                    || pair.Key.StartsWith("REDIS_", StringComparison.Ordinal)))
            .Select(pair => (Variable: pair.Key[..^5], Path: pair.Value.Value))
            .ToList();
        if (ImageName.IsPostgres(member.Container.Image))
        {
            wanted.AddRange(LettaSecrets
                .Where(secret => member.Variable(secret.Variable) is null && IsMounted(member, secret.File))
                .Select(secret => (secret.Variable, "/run/secrets/" + secret.File)));
        }

        if (wanted.Count == 0)
        {
            return member;
        }

        var environment = new Dictionary<string, SourcedText>(member.Environment, StringComparer.Ordinal);
        foreach (var (variable, path) in wanted)
        {
            if (await ReadAsync(member, path, cancellationToken).ConfigureAwait(false) is { } value)
            {
                environment[variable] = value;
            }
        }

        return member with { Environment = environment };
    }

    private static bool IsMounted(DeploymentMember member, string file) =>
        member.SecretFiles.ContainsKey("/run/secrets/" + file)
        || member.Container.Volumes.Any(volume => volume.Destination.EndsWith("/secrets/" + file, StringComparison.Ordinal)
            || volume.Destination.EndsWith("/secrets", StringComparison.Ordinal));

    private async Task<SourcedText?> ReadAsync(DeploymentMember member, string path, CancellationToken cancellationToken)
    {
        if (engine is not null && member.Container is { Id: { } id, IsRunning: true })
        {
            using var output = new MemoryStream();
            try
            {
                var result = await engine.ExecAsync(
                    id, ["head", "-c", $"{Limit}", path], null, null, output, "0", cancellationToken).ConfigureAwait(false);
                if (result.ExitCode == 0)
                {
                    return new SourcedText(Trim(Encoding.UTF8.GetString(output.ToArray())), $"file {path} in {member.Container.Name}");
                }
            }
            catch (LettaDrException)
            {
                // Stopped meanwhile, or without a shell: the host's copy may do.
            }
        }

        return HostPath(member, path) is { } hostPath && File.Exists(hostPath)
            ? new SourcedText(Trim(await ReadHostAsync(hostPath, cancellationToken).ConfigureAwait(false)), $"file {hostPath}")
            : null;
    }

    private static string? HostPath(DeploymentMember member, string path)
    {
        if (member.SecretFiles.TryGetValue(path.Replace("/var/run/", "/run/", StringComparison.Ordinal), out var secret))
        {
            return secret;
        }

        var mount = member.Container.Volumes
            .Where(volume => volume.Kind == "bind"
                && (path == volume.Destination || path.StartsWith(volume.Destination + "/", StringComparison.Ordinal)))
            .MaxBy(volume => volume.Destination.Length);
        return mount is null ? null : mount.Source + path[mount.Destination.Length..];
    }

    private static async Task<string> ReadHostAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return new FileInfo(path).Length > Limit ? string.Empty : await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }

    // As the image's entry point does: the shell drops newlines at the end.
    private static string Trim(string text) => text.TrimEnd('\r', '\n');
}
