namespace LettaDr.Systems;

/// <summary>What can be wrong with a file that is to be written for people or programs of others.</summary>
internal static class ExportFaults
{
    public static void Check(string path, bool overwrite)
    {
        if (Directory.Exists(path))
        {
            throw new LettaDrException(
                "ExportPathIsFolder", FaultKind.InvalidArgument, $"{path} is a folder.", "Give the path of a file in it.", path);
        }

        if (Path.GetDirectoryName(path) is { } folder && !Directory.Exists(folder))
        {
            throw new LettaDrException(
                "ExportFolderNotFound", FaultKind.NotFound, $"The folder {folder} is not there.", "Create it, or give another path.", path);
        }

        if (!overwrite && File.Exists(path))
        {
            throw Exists(path);
        }
    }

    public static LettaDrException NotWritten(string path, bool overwrite, Exception cause) => !overwrite && cause is IOException && File.Exists(path)
        ? Exists(path)
        : new LettaDrException(
            "ExportNotWritten", FaultKind.PermissionDenied, $"The file {path} cannot be written: {cause.Message}",
            "Look at the folder's rights and free space, or give another path.", path, cause);

    private static LettaDrException Exists(string path) => new(
        "ExportFileExists", FaultKind.AlreadyExists, $"The file {path} is there already.", "Give -Force to replace it, or another path.", path);
}
