using System.Globalization;
using System.Text.RegularExpressions;

namespace LettaDr;

/// <summary>
/// Finds secrets in the text of configuration files of any kind, by how they are called or written. A reference to a variable
/// (<c>${NAME}</c>) is no secret; the default inside one may be.
/// </summary>
internal static partial class SecretScanner
{
    /// <summary>What a text gives a secret of a certain name as its value, as often as it does.</summary>
    public static IEnumerable<string> ValuesOf(string text, string name) =>
        Scan(text).Where(span => span.Name == name).Select(span => text.Substring(span.Start, span.Length));

    /// <summary>The secrets in a text, in no particular order; they may overlap.</summary>
    public static IEnumerable<SecretSpan> Scan(string text)
    {
        foreach (Match match in PrivateKey().Matches(text))
        {
            yield return new SecretSpan(match.Index, match.Length, "private key");
        }

        foreach (var pattern in new[] { Assignment(), JsonPair(), FlowPair(), Default() })
        {
            foreach (Match match in pattern.Matches(text))
            {
                var value = Unquoted(match.Groups["value"]);
                if (IsSecret(match.Groups["name"].Value, value.Text))
                {
                    yield return new SecretSpan(value.Start, value.Text.Length, match.Groups["name"].Value);
                }
            }
        }

        foreach (var (pattern, name) in Written)
        {
            foreach (Match match in pattern.Matches(text))
            {
                var value = match.Groups["value"];
                if (value.Length > 0 && !IsReference(value.Value))
                {
                    yield return new SecretSpan(value.Index, value.Length, name ?? NameBefore(text, value.Index));
                }
            }
        }

        foreach (var span in Blocks(text))
        {
            yield return span;
        }
    }

    /// <summary>Whether a variable of this name with this value holds a secret as a whole.</summary>
    /// <param name="name">The variable's name.</param>
    /// <param name="value">What is written.</param>
    /// <param name="literal">Whether what is written is the value itself, so that <c>$NAME</c> in it means nothing.</param>
    public static bool IsSecret(string name, string value, bool literal = false)
    {
        // A URI's secret is its password, which is found wherever a URI stands.
        if (value.Length == 0 || !SecretRedaction.IsSecretName(name) || (!literal && IsReference(value)) || OnlyUri().IsMatch(name))
        {
            return false;
        }

        if (bool.TryParse(value, out _) || value is "null" or "~" or "|" or ">" or "|-" or ">-" or KnownSecrets.Blanked)
        {
            return false;
        }

        // POSTGRES_PASSWORD_FILE=/run/secrets/…, secrets: [a, b], MAX_TOKENS=4096
        var counts = decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out _)
            && IsCount().IsMatch(name);
        return !counts && !(value[0] is '/' or '.' && IsFileName().IsMatch(name))
            && !(value[0] is '[' or '{' or '&' or '*' && !name.Contains('_', StringComparison.Ordinal));
    }

    /// <summary>Passwords in the URIs of a text in which <c>$NAME</c> means nothing.</summary>
    public static IEnumerable<string> UriPasswords(string text) =>
        UriPassword().Matches(text).Select(match => match.Groups["value"].Value).Where(value => value.Length > 0);

    /// <summary>The variable on whose line a password in a URI stands.</summary>
    private static string NameBefore(string text, int index)
    {
        var line = text.LastIndexOf('\n', Math.Max(0, index - 1)) + 1;
        return LineName().Match(text[line..index]) is { Success: true } match ? match.Groups["name"].Value : "password in a URI";
    }

    private static bool IsReference(string value) => Reference().IsMatch(value);

    private static (int Start, string Text) Unquoted(Group group)
    {
        var text = group.Value.TrimEnd();
        text = text.EndsWith(',') && text.Length > 1 && text[0] is '"' ? text[..^1] : text;
        return text.Length > 1 && text[0] is '"' or '\'' && text[^1] == text[0]
            ? (group.Index + 1, text[1..^1])
            : (group.Index, text);
    }

    /// <summary>YAML's block scalars: <c>TOKEN: |</c> and the lines below that are indented further.</summary>
    private static IEnumerable<SecretSpan> Blocks(string text)
    {
        foreach (Match match in BlockStart().Matches(text))
        {
            var indent = match.Groups["indent"].Length;
            var end = match.Index + match.Length;
            while (end < text.Length)
            {
                var next = text.IndexOf('\n', end) is var newline && newline < 0 ? text.Length : newline + 1;
                var line = text[end..next];
                if (line.Trim().Length > 0 && line.Length - line.TrimStart().Length <= indent)
                {
                    break;
                }

                end = next;
            }

            var start = match.Index + match.Length;
            if (SecretRedaction.IsSecretName(match.Groups["name"].Value) && text[start..end].Trim().Length > 0)
            {
                start += text[start..end].Length - text[start..end].TrimStart().Length;
                yield return new SecretSpan(start, text[start..end].TrimEnd().Length, match.Groups["name"].Value);
            }
        }
    }

    /// <summary>Secrets that are known by what stands before them.</summary>
    private static readonly (Regex Pattern, string? Name)[] Written =
    [
        (UriPassword(), null),
        (SqlPassword(), "password in SQL"),
        (Authorization(), "Authorization header"),
        (RedisDirective(), "Redis password"),
        (Option(), "password on a command line"),
    ];

    [GeneratedRegex(@"-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|\z)")]
    private static partial Regex PrivateKey();

    [GeneratedRegex(
        @"^[ \t]*(?:-[ \t]+)?(?:export[ \t]+)?[""']?(?<name>[A-Za-z_][\w.-]*)[""']?[ \t]*[=:][ \t]*(?<value>""(?:[^""\\]|\\[\s\S])*""|'(?:[^'\\]|\\.|'')*'|[^\s#\[{][^\r\n]*?)(?=[ \t]+#|,?[ \t]*\r?$|[ \t]*\z)",
        RegexOptions.Multiline)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"""(?<name>[^""\\\r\n]{1,100})""\s*:\s*(?<value>""(?:[^""\\]|\\.)*"")")]
    private static partial Regex JsonPair();

    [GeneratedRegex(@"(?<=[{,]\s*)(?<name>[A-Za-z_][\w.-]*)\s*:\s*(?<value>""(?:[^""\\]|\\.)*""|'[^'\r\n]*'|[^\s,{}""'\[][^,}\r\n]*)")]
    private static partial Regex FlowPair();

    [GeneratedRegex(@"\$\{(?<name>\w+):?[-+](?<value>[^${}]+)\}")]
    private static partial Regex Default();

    [GeneratedRegex(@"(?<![\w-])--?(?<name>requirepass|masterauth|pass|[a-z-]*(?:password|secret|token|api-key|apikey))(?:=|[ \t]+|[""'],?\s*(?:-[ \t]+)?[""']?)(?<value>[^\s""',\]]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Option();

    [GeneratedRegex(@"[A-Za-z][\w.-]*(?:\+[\w.-]+)?://[^\s:/?#@\[""'<>]*:(?<value>[^\s""'<>@/]*(?:@(?=[^\s""'<>/]*@)[^\s""'<>@]*)*)@")]
    private static partial Regex UriPassword();

    [GeneratedRegex(@"\bPASSWORD\s+E?'(?<value>(?:[^']|'')+)'", RegexOptions.IgnoreCase)]
    private static partial Regex SqlPassword();

    [GeneratedRegex(@"\b(?:Bearer|Basic)\s+(?<value>[A-Za-z0-9+/=_.~-]{8,})", RegexOptions.IgnoreCase)]
    private static partial Regex Authorization();

    [GeneratedRegex(@"^[ \t]*(?:requirepass|masterauth)[ \t]+[""']?(?<value>[^\s""']+)", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex RedisDirective();

    [GeneratedRegex(@"^(?<indent>[ \t]*)(?:-[ \t]+)?[""']?(?<name>[A-Za-z_][\w.-]*)[""']?[ \t]*:[ \t]*[|>][-+0-9]*[ \t]*\r?\n", RegexOptions.Multiline)]
    private static partial Regex BlockStart();

    [GeneratedRegex(@"^(?:\$[A-Za-z_]\w*|\$\{\w+\})+$|^\$\{")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^[\s-]*(?:export[ \t]+)?[""']?(?<name>[A-Za-z_][\w.-]*)[""']?[ \t]*(?:=|:(?!//))")]
    private static partial Regex LineName();

    [GeneratedRegex(@"_UR[IL]$", RegexOptions.IgnoreCase)]
    private static partial Regex OnlyUri();

    [GeneratedRegex("MAX|MIN|LIMIT|COUNT|TOKENS|WINDOW|SIZE|EXPIR|TTL|SECONDS|MINUTES|HOURS|DAYS|TIMEOUT", RegexOptions.IgnoreCase)]
    private static partial Regex IsCount();

    [GeneratedRegex(@"(?:FILE|PATH|DIR)$|^(?:.*_)?key$|cert", RegexOptions.IgnoreCase)]
    private static partial Regex IsFileName();
}
