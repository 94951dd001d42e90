namespace LettaDr;

/// <summary>How Letta finds its database in its environment: LETTA_PG_URI, else LETTA_PG_{DB,USER,PASSWORD,HOST,PORT}.</summary>
internal static class LettaPostgresSettings
{
    private const string LettaDefault = "Letta's default";

    /// <summary>The database that these variables name, and where each part came from; null when they name none.</summary>
    /// <exception cref="LettaDrException">A variable is there but cannot be understood.</exception>
    public static (DatabaseEndpoint Endpoint, IReadOnlyDictionary<string, string> Sources)? Find(
        IReadOnlyDictionary<string, SourcedText> environment)
    {
        if (Get("LETTA_PG_URI") is { } uri)
        {
            return (ParseUri(uri), Everywhere(uri.Source));
        }

        if (Get("LETTA_PG_HOST") is null && Get("LETTA_PG_DB") is null && Get("LETTA_PG_USER") is null)
        {
            return null;
        }

        var host = Get("LETTA_PG_HOST") ?? new SourcedText("localhost", LettaDefault);
        var port = Get("LETTA_PG_PORT") ?? new SourcedText("5432", LettaDefault);
        var database = Get("LETTA_PG_DB") ?? new SourcedText("letta", LettaDefault);
        var user = Get("LETTA_PG_USER") ?? new SourcedText("letta", LettaDefault);
        var password = Get("LETTA_PG_PASSWORD") ?? new SourcedText("letta", LettaDefault);
        var endpoint = new DatabaseEndpoint
        {
            Host = host.Value,
            Port = ParsePort(port),
            Database = database.Value,
            UserName = user.Value,
            Password = new Secret(password.Value),
        };
        return (endpoint, new Dictionary<string, string>
        {
            ["Host"] = host.Source,
            ["Port"] = port.Source,
            ["Name"] = database.Source,
            ["User"] = user.Source,
            ["Password"] = password.Source,
        });

        SourcedText? Get(string name) => environment.TryGetValue(name, out var found) && found.Value.Length > 0 ? found : null;
    }

    private static DatabaseEndpoint ParseUri(SourcedText uri)
    {
        try
        {
            return PostgresUri.Parse(uri.Value);
        }
        catch (LettaDrException fault)
        {
            throw new LettaDrException(fault.Id, fault.Kind, $"{fault.Message} (LETTA_PG_URI, {uri.Source})", fault.Remedy, innerException: fault);
        }
    }

    private static int ParsePort(SourcedText port) =>
        int.TryParse(port.Value, out var number) && number is > 0 and < 65536
            ? number
            : throw new LettaDrException(
                "PostgresPortInvalid", FaultKind.InvalidArgument, $"LETTA_PG_PORT is not a port ({port.Source}).",
                "Set it to a number from 1 to 65535.");

    /// <summary>One source for every part of an endpoint.</summary>
    public static IReadOnlyDictionary<string, string> Everywhere(string source) =>
        new[] { "Host", "Port", "Name", "User", "Password", "SslMode" }.ToDictionary(part => part, _ => source);
}
