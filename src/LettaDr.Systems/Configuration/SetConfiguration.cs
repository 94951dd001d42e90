using System.Security.Cryptography.X509Certificates;

namespace LettaDr.Systems;

/// <summary>The configuration that a set holds.</summary>
internal sealed class SetConfiguration(IBackupRepository repository, Backup backup)
{
    /// <summary>Reads it; what is encrypted only where a key is at hand.</summary>
    /// <exception cref="LettaDrException">The set has no configuration, a file of it is damaged, or the key given is a wrong one.</exception>
    public ConfigurationSide Read(IReadOnlyList<X509Certificate2> certificates, Secret? passphrase)
    {
        var part = backup.Manifest?.Configuration ?? throw new LettaDrException(
            "ConfigurationNotInSet", FaultKind.NotFound, $"The set {backup.Id} holds no configuration.",
            "Choose one that does: the column Parts of Get-LettaBackup tells.", backup.Id);
        var files = new SetFiles(repository, backup);
        var opening = files.TryOpen(part, certificates, passphrase);
        var side = new ConfigurationSide($"set {backup.Id}");
        side.Kinds.UnionWith([ConfigurationItemKind.File, ConfigurationItemKind.FileVariable, ConfigurationItemKind.Variable, ConfigurationItemKind.Version]);
        foreach (var container in part.Containers.DistinctBy(container => container.Service ?? container.Name))
        {
            ContainerConfiguration.AddImage(side, container.Service ?? container.Name, container.Image, container.ImageDigest);
        }

        foreach (var file in part.Files)
        {
            var content = WhyUnknown(file, opening) is null ? files.Content(file, opening) : null;
            if (IsEnvironment(file))
            {
                AddEnvironment(side, file, content, opening);
            }
            else if (content is null)
            {
                FileConfiguration.AddUnknown(side, file, WhyUnknown(file, opening)!);
            }
            else
            {
                FileConfiguration.Add(side, file.Path, file.Purpose, content, isSecret: false);
            }
        }

        AddVersions(side);
        side.Notes.Add($"The set {backup.Id} records no mounts, ports, commands and restart policies: these are compared by its Compose files only.");
        return side;
    }

    private static bool IsEnvironment(ConfigurationFile file) =>
        file.OriginalPath == "environment" && file.Path == $"{ConfigurationPaths.Containers}/{file.Container}/environment.env";

    private static void AddEnvironment(ConfigurationSide side, ConfigurationFile file, byte[]? content, SecretOpening? opening)
    {
        if (content is not null && FileProtecting.TextOf(content) is { } text)
        {
            ContainerConfiguration.AddEnvironment(side, file.Container!, FileConfiguration.Variables(text, file.Path));
        }
        else
        {
            side.Items[new ConfigurationItem(ConfigurationItemKind.Variable, file.Container!)] = new ConfigurationValue { Unknown = WhyUnknown(file, opening) };
        }
    }

    private static string? WhyUnknown(ConfigurationFile file, SecretOpening? opening) => file.Protection switch
    {
        FileProtection.Plain => null,
        FileProtection.Encrypted => opening is null ? "the set holds it encrypted; -Certificate or -Passphrase opens it." : null,
        FileProtection.Redacted => "the set holds it without its secrets.",
        _ => "the set does not hold it, for it has secrets.",
    };

    private void AddVersions(ConfigurationSide side)
    {
        if (backup.Manifest!.Database is { } database)
        {
            side.Add(ConfigurationItemKind.Version, "PostgreSQL", string.Empty, database.ServerVersion.Split(' ')[0]);
        }

        if (backup.Manifest.Cache is { } cache)
        {
            side.Add(ConfigurationItemKind.Version, "Redis", string.Empty, cache.RedisVersion);
        }
    }
}
