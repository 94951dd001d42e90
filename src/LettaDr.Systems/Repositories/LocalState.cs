namespace LettaDr.Systems;

/// <summary>This user's own state on this machine, which a lost repository does not take along.</summary>
internal static class LocalState
{
    /// <summary>A folder of it; it need not exist.</summary>
    public static string Folder(string name) => Path.Combine(Root(), "lettadr", name);

    private static string Root() => Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } state
        ? state
        : OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
}
