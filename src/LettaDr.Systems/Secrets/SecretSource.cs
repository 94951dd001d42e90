namespace LettaDr.Systems;

/// <summary>Reads the secrets that a plan names but does not hold: <c>env:NAME</c> and <c>file:PATH</c>.</summary>
internal static class SecretSource
{
    private const UnixFileMode TooOpen = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.GroupWrite;

    // A passphrase is a line; whoever names a disk image by mistake is told so at once.
    private const int LongestFile = 64 * 1024;

    /// <summary>The secret: the variable's value, or the file's first line.</summary>
    /// <param name="reference">As a plan writes it; a relative path counts from the current directory of the process.</param>
    /// <exception cref="LettaDrException">
    /// The text names no place, there is nothing, what is there is empty, or others may read the file or change it.
    /// </exception>
    public static Secret Read(string reference)
    {
        // The text is not shown: what is written in the wrong form may be the secret itself.
        var location = SecretLocation.Parse(reference) ?? throw new LettaDrException(
            "SecretReferenceInvalid", FaultKind.InvalidArgument, "A secret is to be read from a place that is neither env:NAME nor file:PATH.",
            "Write env: and the name of an environment variable, or file: and the path of a file that only its owner may read.");
        var text = location.Kind == SecretLocation.Place.Environment
            ? Environment.GetEnvironmentVariable(location.Name) ?? throw NotFound(location, $"There is no environment variable {location.Name}.")
            : FirstLine(location, Path.GetFullPath(PlanPath.Resolve(location.Name, Environment.CurrentDirectory)));
        return text.Length > 0 ? new Secret(text) : throw new LettaDrException(
            "SecretEmpty", FaultKind.InvalidArgument, $"The secret at {location} is empty.",
            "Put the secret there, in the first line, or name another place.", location.ToString());
    }

    private static string FirstLine(SecretLocation location, string path)
    {
        if (!File.Exists(path))
        {
            throw NotFound(location, $"There is no file {path}.");
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & TooOpen) != 0)
        {
            throw new LettaDrException(
                "SecretFileTooOpen", FaultKind.PermissionDenied, $"The file {path} holds a secret, and others may read it or change it.",
                $"Take that from them: chmod 600 '{path}'.", path);
        }

        try
        {
            return new FileInfo(path).Length <= LongestFile ? File.ReadLines(path).FirstOrDefault() ?? string.Empty : throw new LettaDrException(
                "SecretFileTooLarge", FaultKind.InvalidArgument, $"The file {path} is too large to hold a secret in its first line.",
                "Name the file that holds the secret and nothing else.", path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LettaDrException(
                "SecretFileNotReadable", FaultKind.PermissionDenied, $"The file {path}, which holds a secret, cannot be read.",
                "Let the user that runs this own the file.", path, exception);
        }
    }

    private static LettaDrException NotFound(SecretLocation location, string message) => new(
        "SecretNotFound", FaultKind.NotFound, message, "Set it where this runs, also for timers and services, or name another place.", location.ToString());
}
