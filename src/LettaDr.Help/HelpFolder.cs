namespace LettaDr.Help;

/// <summary>A folder with pages: one for each cmdlet, and the about topics.</summary>
internal static class HelpFolder
{
    /// <summary>The files of the cmdlets' pages, by name.</summary>
    public static IReadOnlyList<string> PageFiles(string folder) => [.. Files(folder).Where(file => !IsTopic(file))];

    /// <summary>The files of the about topics, by name.</summary>
    public static IReadOnlyList<string> TopicFiles(string folder) => [.. Files(folder).Where(IsTopic)];

    /// <summary>Writes a text, unless the file has it already.</summary>
    /// <returns>Whether the file was written.</returns>
    public static bool Write(string path, string text)
    {
        if (File.Exists(path) && File.ReadAllText(path) == text)
        {
            return false;
        }

        File.WriteAllText(path, text);
        return true;
    }

    private static IEnumerable<string> Files(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new HelpToolException($"There is no folder {folder}.");
        }

        // README.md and its like explain the folder to who browses it; pages are named like cmdlets or topics.
        return Directory.EnumerateFiles(folder, "*-*.md").Concat(Directory.EnumerateFiles(folder, "about_*.md"))
            .Distinct()
            .Order(StringComparer.Ordinal);
    }

    private static bool IsTopic(string file) => Path.GetFileName(file).StartsWith("about_", StringComparison.Ordinal);
}
