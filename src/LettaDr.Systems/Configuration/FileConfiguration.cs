namespace LettaDr.Systems;

/// <summary>Files of a configuration as items to be compared.</summary>
internal static class FileConfiguration
{
    /// <summary>Adds a file; one of variables with each of them.</summary>
    /// <param name="side">Whose it is.</param>
    /// <param name="path">Its path in the configuration.</param>
    /// <param name="purpose">What it is, as <see cref="ConfigurationFile.Purpose"/> tells.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="isSecret">Whether it is a secret as a whole.</param>
    /// <param name="writtenAt">When it was last written to, where that is known.</param>
    public static void Add(
        ConfigurationSide side, string path, string purpose, byte[] content, bool isSecret, DateTimeOffset? writtenAt = null)
    {
        side.Kinds.UnionWith([ConfigurationItemKind.File, ConfigurationItemKind.FileVariable]);
        var text = FileProtecting.TextOf(content);
        side.Items[new ConfigurationItem(ConfigurationItemKind.File, path)] = new ConfigurationValue
        {
            Text = text, Content = content, Size = content.Length, IsSecret = isSecret, WrittenAt = writtenAt,
        };
        if (text is null || !HoldsVariables(path, purpose))
        {
            return;
        }

        foreach (var (name, value) in Variables(text, path))
        {
            side.Add(ConfigurationItemKind.FileVariable, path, name, value);
        }
    }

    /// <summary>Adds a file that nobody here can read.</summary>
    public static void AddUnknown(ConfigurationSide side, ConfigurationFile file, string why)
    {
        side.Kinds.UnionWith([ConfigurationItemKind.File, ConfigurationItemKind.FileVariable]);
        side.Items[new ConfigurationItem(ConfigurationItemKind.File, file.Path)] = new ConfigurationValue { Size = file.Size, Unknown = why };
    }

    /// <summary>The variables of a text; none when it is no file of variables.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Variables(string text, string path)
    {
        try
        {
            return DotEnvFile.Parse(text, path, _ => null).Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Value));
        }
        catch (LettaDrException)
        {
            return [];
        }
    }

    private static bool HoldsVariables(string path, string purpose) =>
        path.EndsWith(".env", StringComparison.Ordinal) || purpose.StartsWith("env_file of", StringComparison.Ordinal)
        || purpose == "variables of the Compose files";
}
