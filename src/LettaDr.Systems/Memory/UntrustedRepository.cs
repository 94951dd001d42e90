using System.Text.RegularExpressions;

namespace LettaDr.Systems;

/// <summary>
/// A copy of a repository that agents' tools could write to. Its configuration and hooks can name programs that git runs; they are
/// set aside before this machine's git looks into it.
/// </summary>
internal static partial class UntrustedRepository
{
    private const string Suffix = ".aside";

    private static readonly string[] Dangerous = ["config", "config.worktree", "hooks", Path.Combine("objects", "info", "alternates")];

    /// <summary>Sets aside what could run a program, and writes a configuration that says no more than how the repository is laid out.</summary>
    public static void Disarm(string repository)
    {
        var config = Path.Combine(repository, "config");
        var text = File.Exists(config) ? File.ReadAllText(config) : string.Empty;
        foreach (var path in Dangerous.Select(name => Path.Combine(repository, name)))
        {
            Move(path, path + Suffix);
        }

        var extensions = Sha256().IsMatch(text) ? "[extensions]\n\tobjectformat = sha256\n" : string.Empty;
        File.WriteAllText(
            config, $"[core]\n\trepositoryformatversion = {(extensions.Length > 0 ? 1 : 0)}\n\tbare = {(Bare().IsMatch(text) ? "true" : "false")}\n{extensions}");
    }

    /// <summary>Puts everything back.</summary>
    public static void Rearm(string repository)
    {
        foreach (var path in Dangerous.Select(name => Path.Combine(repository, name)))
        {
            if (File.Exists(path + Suffix))
            {
                File.Delete(path);
            }

            Move(path + Suffix, path);
        }
    }

    private static void Move(string from, string to)
    {
        if (Directory.Exists(from))
        {
            Directory.Move(from, to);
        }
        else if (File.Exists(from))
        {
            File.Move(from, to);
        }
    }

    [GeneratedRegex(@"^\s*objectformat\s*=\s*sha256\s*$", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Sha256();

    [GeneratedRegex(@"^\s*bare\s*=\s*(true|yes|on|1)\s*$", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Bare();
}
