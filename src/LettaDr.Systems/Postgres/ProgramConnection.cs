namespace LettaDr.Systems;

/// <summary>How PostgreSQL's programs are told where to connect: by environment, so that no process list shows a password.</summary>
internal static class ProgramConnection
{
    /// <summary>The environment for a program that reaches the server at <paramref name="host"/> and <paramref name="port"/>.</summary>
    public static Dictionary<string, string> Environment(
        DatabaseEndpoint endpoint, string host, int port, string applicationName, string? options)
    {
        var environment = new Dictionary<string, string>
        {
            ["PGHOST"] = host,
            ["PGPORT"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["PGUSER"] = endpoint.UserName,
            ["PGAPPNAME"] = applicationName,
            ["PGCONNECT_TIMEOUT"] = "15",
            ["PGOPTIONS"] = "-c statement_timeout=0 -c idle_in_transaction_session_timeout=0 " + options,
            ["LC_ALL"] = "C.UTF-8",
        };
        if (endpoint.Password is { } password)
        {
            environment["PGPASSWORD"] = password.Reveal();
        }

        if (endpoint.SslMode is { } mode)
        {
            environment["PGSSLMODE"] = mode;
        }

        return environment;
    }

    /// <summary>A database's name as <c>--dbname</c> takes it: one that looks like a connection string is made one.</summary>
    public static string Quote(string database) =>
        database.Contains('=', StringComparison.Ordinal) || database.Contains("://", StringComparison.Ordinal)
            ? "dbname='" + database.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal) + "'"
            : database;
}
