using System.Text;

namespace LettaDr;

/// <summary>Reads <c>.env</c> files as Docker Compose does: quotes, comments, <c>export</c>, and variables of earlier lines.</summary>
internal static class DotEnvFile
{
    /// <summary>The variables in the order written; a later one of a name replaces an earlier.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="fileName">Name for the sources, as in <c>.env line 3</c>.</param>
    /// <param name="outside">Variables from elsewhere; they win over the file's own where a value refers to one.</param>
    /// <exception cref="LettaDrException">A quote is not closed, or a name is malformed.</exception>
    public static IReadOnlyDictionary<string, SourcedText> Parse(string text, string fileName, Func<string, SourcedText?> outside)
    {
        var variables = new Dictionary<string, SourcedText>(StringComparer.Ordinal);
        var template = new ComposeTemplate(name => outside(name) ?? variables.GetValueOrDefault(name), lenient: true);
        var number = 0;
        foreach (var raw in text.TrimStart('\uFEFF').Split('\n'))
        {
            var source = $"{fileName} line {++number}";
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line.StartsWith("export ", StringComparison.Ordinal) || line.StartsWith("export\t", StringComparison.Ordinal))
            {
                line = line[7..].TrimStart();
            }

            var separator = line.IndexOfAny(['=', ':']);
            var name = (separator < 0 ? line : line[..separator]).TrimEnd();
            if (name.Length == 0 || name.Any(char.IsWhiteSpace))
            {
                throw Invalid(source, "its name is missing or has spaces in it");
            }

            if (separator >= 0)
            {
                variables[name] = Value(line[(separator + 1)..].Trim(), source, template);
            }
            else if (outside(name) is { } inherited)
            {
                variables[name] = inherited;
            }
        }

        return variables;
    }

    private static SourcedText Value(string text, string source, ComposeTemplate template)
    {
        if (text.Length == 0 || text[0] is not ('"' or '\''))
        {
            return template.Expand(WithoutComment(text), source);
        }

        var quote = text[0];
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == quote)
            {
                var inner = text[1..i];
                return quote == '\'' ? new SourcedText(inner, source) : template.Expand(Unescape(inner), source);
            }
        }

        throw Invalid(source, $"its quote ({quote}) is not closed");
    }

    private static string WithoutComment(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '#' && (i == 0 || char.IsWhiteSpace(text[i - 1])))
            {
                return text[..i].TrimEnd();
            }
        }

        return text;
    }

    private static string Unescape(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                result.Append(text[i]);
                continue;
            }

            result.Append(text[++i] switch
            {
                'n' => "\n",
                'r' => "\r",
                't' => "\t",
                '"' => "\"",
                '\\' => "\\",
                '$' => "$$",
                var other => "\\" + other,
            });
        }

        return result.ToString();
    }

    private static LettaDrException Invalid(string source, string what) => new(
        "EnvFileInvalid", FaultKind.InvalidArgument, $"{source} cannot be read: {what}.",
        "Write each line as NAME=value, with '…' or \"…\" around a value that has spaces.");
}
