using System.Text.RegularExpressions;

namespace LettaDr.Console;

/// <summary>
/// The lines entered before, in a file under the user's state folder so that they outlive the process. Lines that look as
/// if they hold a secret are remembered while the process lives, and never written.
/// </summary>
internal sealed class InputHistory
{
    private const int Kept = 1000;

    private static readonly Regex Secret = new(
        @"password|passphrase|asplaintext|token|api_?key|secret|://[^/\s@]*:[^/\s@]*@",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private readonly string _file;

    private readonly List<string> _lines = [];

    /// <summary>Reads the file, if there is one.</summary>
    public InputHistory(string file)
    {
        _file = file;
        try
        {
            string[] stored = File.Exists(file) ? File.ReadAllLines(file) : [];
            _lines.AddRange(stored.TakeLast(Kept).Select(Unescape));
            if (stored.Length > 2 * Kept)
            {
                File.WriteAllLines(file, stored.TakeLast(Kept));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A history that cannot be read is no reason not to start.
        }
    }

    /// <summary><c>lettadr/history</c> under <c>XDG_STATE_HOME</c>, or under <c>~/.local/state</c>.</summary>
    public static string DefaultFile
    {
        get
        {
            string? state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
            if (string.IsNullOrEmpty(state))
            {
                state = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
            }

            return Path.Combine(state, "lettadr", "history");
        }
    }

    /// <summary>The lines, oldest first.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Adds a line, unless it is the one before again.</summary>
    public void Add(string line)
    {
        if (string.IsNullOrWhiteSpace(line) || (_lines.Count > 0 && _lines[^1] == line))
        {
            return;
        }

        _lines.Add(line);
        if (Secret.IsMatch(line))
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
            var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var writer = new StreamWriter(_file, options);
            writer.Write(Escape(line) + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nor is one that cannot be written a reason to stop.
        }
    }

    private static string Escape(string line) =>
        line.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);

    private static string Unescape(string line) => line
        .Replace(@"\\", "\0", StringComparison.Ordinal)
        .Replace(@"\n", "\n", StringComparison.Ordinal)
        .Replace("\0", "\\", StringComparison.Ordinal);
}
