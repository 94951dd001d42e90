using System.Globalization;

namespace LettaDr;

/// <summary>
/// PostgreSQL connection URIs as libpq takes them, and as Letta does: with a driver in the scheme (<c>postgresql+asyncpg://</c>)
/// and asyncpg's <c>ssl=</c>. See "Connection URIs" in the PostgreSQL manual, section 34.1.1.2.
/// </summary>
internal static class PostgresUri
{
    private const int DefaultPort = 5432;
    private const string Encode = "Write it as postgresql://user:password@host:5432/database and percent-encode what is special (@ as %40, / as %2F).";

    /// <summary>Whether the text begins like a PostgreSQL URI, whatever follows.</summary>
    public static bool IsUri(string text) => SchemeLength(text) > 0;

    /// <summary>The text without what could be a password.</summary>
    public static string Redact(string text) => SecretRedaction.Apply(text);

    /// <summary>The endpoint that a URI names. What it leaves out is as in libpq: this user, a database of the user's name, port 5432.</summary>
    /// <exception cref="LettaDrException">The text is no such URI; the message holds no part of it that could be a password.</exception>
    public static DatabaseEndpoint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.Trim();
        var start = SchemeLength(text);
        if (start == 0)
        {
            throw Invalid("It does not begin with postgresql://.", "Write it as postgresql://user@host:5432/database.");
        }

        var (authority, path, query) = Split(text[start..]);
        var at = authority.LastIndexOf('@');
        var (user, password) = SplitUser(at < 0 ? string.Empty : authority[..at]);
        var (host, port) = SplitHost(authority[(at + 1)..]);
        var options = ParseQuery(query);

        user = Option("user") ?? user ?? Environment.UserName;
        return new DatabaseEndpoint
        {
            Host = Option("host") ?? host ?? "localhost",
            Port = Option("port") is { } text2 ? ParsePort(text2) : port ?? DefaultPort,
            UserName = user,
            Password = (Option("password") ?? password) is { } secret ? new Secret(secret) : null,
            Database = Option("dbname") ?? (path.Length > 0 ? Decode(path) : user),
            SslMode = SslMode(Option("sslmode") ?? Option("ssl")),
        };

        string? Option(string name) => options.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
    }

    private static int SchemeLength(string text)
    {
        var end = text.IndexOf("://", StringComparison.Ordinal);
        if (end < 0)
        {
            return 0;
        }

        var scheme = text[..end].TrimStart().Split('+')[0];
        return scheme.ToLowerInvariant() is "postgresql" or "postgres" ? end + 3 : 0;
    }

    private static (string Authority, string Path, string Query) Split(string rest)
    {
        var fragment = rest.IndexOf('#', StringComparison.Ordinal);
        if (fragment >= 0)
        {
            throw Invalid("A '#' in it is not percent-encoded.", "Write '#' as %23.");
        }

        var question = rest.IndexOf('?', StringComparison.Ordinal);
        var query = question < 0 ? string.Empty : rest[(question + 1)..];
        var before = question < 0 ? rest : rest[..question];
        var slash = before.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? (before, string.Empty, query) : (before[..slash], before[(slash + 1)..], query);
    }

    private static (string? User, string? Password) SplitUser(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var user = Decode(colon < 0 ? text : text[..colon]);
        return (user.Length == 0 ? null : user, colon < 0 ? null : Decode(text[(colon + 1)..]));
    }

    private static (string? Host, int? Port) SplitHost(string text)
    {
        if (text.Contains(',', StringComparison.Ordinal))
        {
            throw Invalid("It names several hosts.", "Name one: the host that is the primary now.");
        }

        string host;
        string rest;
        if (text.StartsWith('['))
        {
            var end = text.IndexOf(']', StringComparison.Ordinal);
            if (end < 0)
            {
                throw Invalid("The bracket of an IPv6 address is not closed.",
                    "Write it as postgresql://user@[::1]:5432/database.");
            }

            host = text[1..end];
            rest = text[(end + 1)..];
            if (rest.Length > 0 && rest[0] != ':')
            {
                throw Invalid("Something other than a port follows the IPv6 address.", Encode);
            }
        }
        else
        {
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            host = colon < 0 ? text : text[..colon];
            rest = colon < 0 ? string.Empty : text[colon..];
        }

        host = Decode(host);
        return (host.Length == 0 ? null : host, rest.Length <= 1 ? null : ParsePort(rest[1..]));
    }

    private static Dictionary<string, string> ParseQuery(string query)
    {
        var options = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            options[Decode(equals < 0 ? pair : pair[..equals])] = equals < 0 ? string.Empty : Decode(pair[(equals + 1)..]);
        }

        return options;
    }

    // The offending text stays out of the message: an unencoded password is what most often stands where a port should.
    private static int ParsePort(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? port
            : throw Invalid("Its port is not a number from 1 to 65535.", Encode);

    private static string? SslMode(string? text) => text is null
        ? null
        : PostgresSslMode.Normalize(text) ?? throw Invalid(
            "Its sslmode is not known.", "Use disable, allow, prefer, require, verify-ca or verify-full.");

    private static string Decode(string text)
    {
        for (var i = text.IndexOf('%', StringComparison.Ordinal); i >= 0; i = text.IndexOf('%', i + 1))
        {
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
            {
                throw Invalid("A '%' in it is not followed by two hexadecimal digits.", "Write a plain '%' as %25.");
            }
        }

        return Uri.UnescapeDataString(text);
    }

    private static LettaDrException Invalid(string what, string remedy) =>
        new("PostgresUriInvalid", FaultKind.InvalidArgument, $"The PostgreSQL URI cannot be understood. {what}", remedy);
}
