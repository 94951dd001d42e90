namespace LettaDr.Systems;

/// <summary>What Compose writes on its containers about the project that they come from.</summary>
internal static class ComposeLabels
{
    /// <summary>The project's folder and files; Compose 1 names files relative to the folder.</summary>
    public static ComposeLocation Locate(IReadOnlyDictionary<string, string> labels)
    {
        var folder = labels[ContainerMapping.FolderLabel];
        return new ComposeLocation
        {
            Folder = folder,
            Files = Paths(labels[ContainerMapping.FilesLabel], folder),
            EnvironmentFiles = Paths(labels.GetValueOrDefault(ContainerMapping.EnvironmentFilesLabel) ?? string.Empty, folder),
        };
    }

    private static List<string> Paths(string list, string folder) =>
        [.. list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(path => Path.GetFullPath(path, folder))];
}
