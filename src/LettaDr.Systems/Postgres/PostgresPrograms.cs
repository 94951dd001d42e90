using System.Text;
using System.Text.RegularExpressions;
using Npgsql;

namespace LettaDr.Systems;

/// <summary>PostgreSQL's own programs, run against one deployment's server.</summary>
internal sealed partial class PostgresPrograms(IProgramHost host, PostgresConnector connector)
{
    // As a shell tells it: 128 and SIGKILL; and what cannot be run. Docker says the latter of a container that is just being stopped.
    private const long KilledExitCode = 137;
    private const long NotStartedExitCode = 126;

    public IProgramHost Host => host;

    /// <summary>The same, run elsewhere.</summary>
    public PostgresPrograms In(IProgramHost other) => new(other, connector);

    /// <summary>Puts a file where programs can open it.</summary>
    public Task<string> StageAsync(Stream content, CancellationToken cancellationToken) =>
        host.StageAsync(content, connector.OperationId, cancellationToken);

    /// <summary>Removes what operations staged that have died: whoever lives has a session of its name.</summary>
    public async Task<int> UnstageOrphansAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var living = await PostgresConnector.QueryAsync(
            connection,
            "SELECT DISTINCT pg_catalog.split_part(application_name, ' ', 2) FROM pg_catalog.pg_stat_activity WHERE application_name LIKE 'LettaDr %'",
            row => row.GetString(0), cancellationToken).ConfigureAwait(false);
        await host.UnstageOrphansAsync(living, cancellationToken).ConfigureAwait(false);
        return living.Count;
    }

    /// <summary>Sees that a program is there and not older than the server.</summary>
    /// <exception cref="LettaDrException">It is missing or older.</exception>
    public async Task<int> RequireAsync(string program, int serverMajor, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        var (exitCode, error) = await host.RunAsync(
            [program, "--version"], new Dictionary<string, string>(), null, output, cancellationToken).ConfigureAwait(false);
        var text = Encoding.UTF8.GetString(output.ToArray());
        var match = VersionPattern().Match(text);
        if (exitCode != 0 || !match.Success)
        {
            throw new LettaDrException(
                "ProgramNotFound", FaultKind.NotInstalled,
                $"{program} cannot be run in {host.Name}: {(error.Length > 0 ? error : text).Trim()}",
                "Install PostgreSQL's client programs of the server's version or later there.", host.Name);
        }

        var major = int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
        if (major < serverMajor)
        {
            throw new LettaDrException(
                "ProgramTooOld", FaultKind.Incompatible,
                $"{program} in {host.Name} is of PostgreSQL {major}, older than the server's {serverMajor}, and could lose what it does not know.",
                $"Install PostgreSQL's client programs of version {serverMajor} or later there.", host.Name);
        }

        return major;
    }

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="LettaDrException">It ended with an error; the message has its own words.</exception>
    public async Task RunAsync(
        string program, IReadOnlyList<string> arguments, Stream? input, Stream? output, CancellationToken cancellationToken,
        string? options = null)
    {
        var environment = ProgramConnection.Environment(
            connector.Endpoint, host.ServerHost, host.ServerPort, connector.ApplicationName, options);
        var (exitCode, error) = await host.RunAsync(
            [program, .. arguments], environment, input, output, cancellationToken).ConfigureAwait(false);
        if (exitCode != 0)
        {
            throw Failed(program, exitCode, error);
        }
    }

    private LettaDrException Failed(string program, long exitCode, string error)
    {
        var lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var said = lines.Length == 0 ? "it said nothing" : string.Join(" ", lines.TakeLast(3));
        if (said.Contains("row-level security", StringComparison.Ordinal))
        {
            return new LettaDrException(
                "RowSecurityHidesRows", FaultKind.PermissionDenied,
                $"The role {connector.Endpoint.UserName} does not see all rows of {connector.Endpoint.Database}: {said}",
                "Back up as a superuser, or give the role BYPASSRLS.", connector.Endpoint);
        }

        if (said.Contains("lock timeout", StringComparison.Ordinal))
        {
            return new LettaDrException(
                "TableLocked", FaultKind.Busy,
                $"A table of {connector.Endpoint.Database} stayed locked by another session: {said}",
                "Wait until the migration or maintenance that holds it has ended (pg_locks shows it), then run the command again.", connector.Endpoint);
        }

        // libpq explains itself at length, and pg_dump adds its query: the line that tells is not among the last.
        if (error.Contains("server closed the connection", StringComparison.Ordinal) || error.Contains("terminating connection", StringComparison.Ordinal))
        {
            return new LettaDrException(
                "ConnectionLost", FaultKind.Unreachable, $"{program} in {host.Name} lost its connection to the server: {said}",
                "See in the server's log why it ended, then run the command again.", connector.Endpoint);
        }

        if (exitCode is KilledExitCode or NotStartedExitCode)
        {
            return new LettaDrException(
                "ProgramKilled", FaultKind.OperationFailed,
                $"{program} in {host.Name} {(exitCode == KilledExitCode ? "was killed" : "could no longer be started")}: that place was stopped, or its memory ran out.",
                "See whether the server still runs there and what its log says, then run the command again.", host.Name);
        }

        return new LettaDrException(
            "ProgramFailed", FaultKind.OperationFailed,
            $"{program} in {host.Name} ended with {exitCode}: {said}",
            "See the server's log for the cause; nothing was published or replaced.", host.Name);
    }

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)")]
    private static partial Regex VersionPattern();
}
