namespace LettaDr;

/// <summary>Paths as a plan writes them.</summary>
internal static class PlanPath
{
    /// <summary>The absolute path: <c>~</c> is the user's home, and what is relative counts from the plan's folder.</summary>
    public static string Resolve(string path, string folder) =>
        path == "~" || path.StartsWith("~/", StringComparison.Ordinal)
            ? Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path[1..])
            : Path.GetFullPath(path, folder);
}
