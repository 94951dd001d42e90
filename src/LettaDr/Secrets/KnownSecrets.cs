using System.Text;
using System.Text.Json;

namespace LettaDr;

/// <summary>Values that were found to be secrets somewhere, and are therefore secrets wherever they stand.</summary>
internal sealed class KnownSecrets
{
    /// <summary>What stands where a secret stood.</summary>
    public const string Blanked = "********";

    private const int Shortest = 4;
    private const int Distinctive = 8;

    // As passwords these protect nothing, and as words they stand everywhere: blanking them would blank the file.
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "postgres", "letta", "redis", "password", "default", "localhost", "none", "null", "true", "false", "test", "admin", "root",
        "secret", "token", "user", "changeme", "latest", "docker", "nginx",
    };

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Adds a value, and the forms that it takes in URIs and JSON; what is no distinctive word is not looked for elsewhere.</summary>
    public void Add(string name, string value)
    {
        value = value.Trim();
        if (value.Length < Shortest || Words.Contains(value) || (value.Length < 6 && value.All(char.IsAsciiDigit)))
        {
            return;
        }

        foreach (var form in new[] { value, Uri.EscapeDataString(value), JsonEncodedText.Encode(value).ToString(), Unescaped(value) })
        {
            if (form.Length >= Shortest)
            {
                _values.TryAdd(form, name);
            }
        }
    }

    /// <summary>Adds what a variable of a running container holds, if it is a secret or a URI with a password.</summary>
    public void AddVariable(string name, string value)
    {
        if (SecretScanner.IsSecret(name, value, literal: true))
        {
            Add(name, value);
        }

        foreach (var password in SecretScanner.UriPasswords(value))
        {
            Add(name, password);
        }
    }

    /// <summary>Adds every secret that a text itself shows to be one.</summary>
    public void AddFrom(string text)
    {
        foreach (var span in SecretScanner.Scan(text))
        {
            Add(span.Name, text.Substring(span.Start, span.Length));
        }
    }

    /// <summary>Where secrets stand in a text: those it shows, and those known from elsewhere. Ordered, without overlap.</summary>
    public IReadOnlyList<SecretSpan> Find(string text)
    {
        var spans = SecretScanner.Scan(text).ToList();
        foreach (var (value, name) in _values)
        {
            for (var at = text.IndexOf(value, StringComparison.Ordinal); at >= 0; at = text.IndexOf(value, at + 1, StringComparison.Ordinal))
            {
                if (value.Length >= Distinctive || (IsEdge(text, at - 1) && IsEdge(text, at + value.Length)))
                {
                    spans.Add(new SecretSpan(at, value.Length, name));
                }
            }
        }

        return Merge(spans);
    }

    /// <summary>The names of the known secrets whose bytes are in a file that is no text.</summary>
    public IReadOnlyList<string> Find(ReadOnlySpan<byte> bytes)
    {
        var names = new List<string>();
        foreach (var (value, name) in _values)
        {
            if (value.Length >= Distinctive && bytes.IndexOf(Encoding.UTF8.GetBytes(value)) >= 0)
            {
                names.Add(name);
            }
        }

        return [.. names.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The text with each secret replaced by eight asterisks.</summary>
    public static string Blank(string text, IReadOnlyList<SecretSpan> spans)
    {
        var result = new StringBuilder(text.Length);
        var from = 0;
        foreach (var span in spans)
        {
            result.Append(text, from, span.Start - from).Append(Blanked);
            from = span.End;
        }

        return result.Append(text, from, text.Length - from).ToString();
    }

    private static List<SecretSpan> Merge(List<SecretSpan> spans)
    {
        var merged = new List<SecretSpan>();
        foreach (var span in spans.OrderBy(span => span.Start).ThenByDescending(span => span.Length))
        {
            if (merged.Count > 0 && span.Start < merged[^1].End)
            {
                merged[^1] = merged[^1] with { Length = Math.Max(merged[^1].End, span.End) - merged[^1].Start };
            }
            else
            {
                merged.Add(span);
            }
        }

        return merged;
    }

    private static bool IsEdge(string text, int index) => index < 0 || index >= text.Length || !char.IsLetterOrDigit(text[index]);

    private static string Unescaped(string value) => value.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(value) : value;
}
