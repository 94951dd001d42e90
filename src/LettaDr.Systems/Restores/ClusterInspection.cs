using System.Globalization;

namespace LettaDr.Systems;

/// <summary>A PostgreSQL server in Docker, looked at before anything is done to it.</summary>
/// <param name="Profile">What a recovery wants to know.</param>
/// <param name="Details">The container.</param>
/// <param name="Volumes">What a throw-away container mounts to reach the data directory.</param>
internal sealed record ClusterInspection(ClusterProfile Profile, ContainerDetails Details, IReadOnlyList<ContainerVolume> Volumes)
{
    private const string DefaultData = "/var/lib/postgresql/data";

    private const string AllSessions = """
        SELECT pid, usename, application_name, client_addr::text, state, backend_start
        FROM pg_catalog.pg_stat_activity
        WHERE pid <> pg_catalog.pg_backend_pid() AND backend_type = 'client backend' AND application_name !~ '^LettaDr '
        ORDER BY backend_start
        """;

    /// <summary>Sees that the files of a server can be reached.</summary>
    /// <exception cref="LettaDrException">The server is not in this machine's Docker, or its container does not exist.</exception>
    public static void RequireContainer(DatabaseEndpoint database)
    {
        if (database.Container is not { } container)
        {
            throw new LettaDrException(
                "DatabaseNotInDocker", FaultKind.Incompatible, $"The database at {database.Host}:{database.Port} is not in this machine's Docker, and its files are out of reach.",
                "Run the command on the Docker host that runs it; a managed PostgreSQL has a recovery of its own.", database);
        }

        if (container.Id is null)
        {
            throw new LettaDrException(
                "DatabaseContainerMissing", FaultKind.NotFound, $"The container {container.Name} of the database is only defined, and does not exist.",
                "Have Compose create it (up), then run the command again: its new, empty volume is recovered to.", container.Name);
        }
    }

    /// <summary>Looks, and changes nothing.</summary>
    /// <exception cref="LettaDrException">It cannot be recovered: no volume, mounts inside the data directory, a server that runs and does not answer.</exception>
    public static async Task<ClusterInspection> RunAsync(DockerEngine engine, DatabaseEndpoint endpoint, CancellationToken cancellationToken)
    {
        var (data, volumes, details) = await DataAsync(engine, endpoint, cancellationToken).ConfigureAwait(false);
        var container = details.Container;
        var volume = ContainerVolumes.Holding(volumes, data);
        if (volume is not { ReadOnly: false })
        {
            throw new LettaDrException(
                "DataNotInVolume", FaultKind.Incompatible, $"The data directory {data} of the container {container.Name} is on no volume that can be written to.",
                "Mount a volume there; what PostgreSQL keeps in the container itself is lost with it anyway.", container.Name);
        }

        if (container.Volumes.FirstOrDefault(other => other.Destination.TrimEnd('/') != data && ContainerVolumes.IsBelow(other.Destination, data)) is { } inside)
        {
            throw new LettaDrException(
                "MountInsideData", FaultKind.Incompatible, $"The container {container.Name} mounts {inside.Destination} inside its data directory {data}, which cannot be set aside with it.",
                "Mount it elsewhere, and name it in postgresql.conf or the container's command.", container.Name);
        }

        var bare = new ClusterProfile
        {
            Container = container.Name, IsRunning = container.State is "running" or "paused" or "restarting", Directory = data,
            Volume = ContainerVolumes.Words(volume),
            MajorVersion = int.TryParse(details.Environment.GetValueOrDefault("PG_MAJOR"), NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? major : null,
        };
        var profile = bare.IsRunning
            ? await ReadRunningAsync(engine, endpoint with { Container = container }, bare, cancellationToken).ConfigureAwait(false)
            : await ReadStoppedAsync(engine, details, volumes, bare, cancellationToken).ConfigureAwait(false);
        return new ClusterInspection(profile, details, volumes);
    }

    /// <summary>The data directory in the container, and the volumes that hold it.</summary>
    public static async Task<(string Data, IReadOnlyList<ContainerVolume> Volumes, ContainerDetails Details)> DataAsync(
        DockerEngine engine, DatabaseEndpoint endpoint, CancellationToken cancellationToken)
    {
        var details = await engine.DescribeAsync(endpoint.Container!.Id!, cancellationToken).ConfigureAwait(false);
        return (DataDirectory(details), [.. details.Container.Volumes.Where(volume => volume.Kind != "tmpfs")], details);
    }

    /// <summary>The data directory in the container.</summary>
    public static string DataDirectory(ContainerDetails details) =>
        details.Environment.GetValueOrDefault("PGDATA") is { Length: > 0 } set ? set.TrimEnd('/') : DefaultData;

    private static async Task<ClusterProfile> ReadRunningAsync(
        DockerEngine engine, DatabaseEndpoint endpoint, ClusterProfile bare, CancellationToken cancellationToken)
    {
        try
        {
            var connector = new PostgresConnector(endpoint, LettaDr.OperationId.Next());
            await using var connection = await connector.OpenMaintenanceAsync(cancellationToken).ConfigureAwait(false);
            return await PostgresFaults.GuardAsync(endpoint, async () => bare with
            {
                SystemIdentifier = await PostgresConnector.SystemIdentifierAsync(connection, cancellationToken).ConfigureAwait(false),
                Timeline = await TimelineAsync(connection, cancellationToken).ConfigureAwait(false),
                Sessions = await PostgresConnector.QueryAsync(connection, AllSessions, PostgresSql.SessionOf, cancellationToken).ConfigureAwait(false),
                Databases = await DatabasesAsync(connector, connection, cancellationToken).ConfigureAwait(false),
                FreeBytes = await new DockerProgramHost(engine, endpoint.Container!, endpoint.Port).FreeBytesAsync(bare.Directory, cancellationToken).ConfigureAwait(false),
            }).ConfigureAwait(false);
        }
        catch (LettaDrException silent) when (silent.Kind == FaultKind.Unreachable)
        {
            throw new LettaDrException(
                "ServerSilent", FaultKind.Unreachable, $"PostgreSQL in container {bare.Container} does not answer, although its container runs: {silent.Message}",
                "See its log. If it is beyond help, stop the container and run the command again: a server that does not run is recovered as well.",
                endpoint, silent);
        }
    }

    private static async Task<uint?> TimelineAsync(Npgsql.NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var segment = await PostgresConnector.ScalarAsync<string>(
            connection,
            "SELECT CASE WHEN pg_catalog.pg_is_in_recovery() THEN '' ELSE pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_insert_lsn()) END",
            cancellationToken).ConfigureAwait(false);
        return segment is not { Length: > 8 } ? null : uint.Parse(segment.AsSpan(0, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }

    private static async Task<IReadOnlyList<string>> DatabasesAsync(
        PostgresConnector connector, Npgsql.NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var all = await PostgresConnector.QueryAsync(
            connection, "SELECT datname, datallowconn FROM pg_catalog.pg_database WHERE NOT datistemplate ORDER BY 1",
            row => (Name: row.GetString(0), Open: row.GetBoolean(1)), cancellationToken).ConfigureAwait(false);
        var filled = new List<string>();
        foreach (var database in all)
        {
            // One that lets nobody in may hold anything.
            if (!database.Open || await HasTablesAsync(connector, database.Name, cancellationToken).ConfigureAwait(false))
            {
                filled.Add(database.Name);
            }
        }

        return filled;
    }

    private static async Task<bool> HasTablesAsync(PostgresConnector connector, string database, CancellationToken cancellationToken)
    {
        try
        {
            await using var inside = await connector.OpenAsync(database, cancellationToken).ConfigureAwait(false);
            return await PostgresConnector.ScalarAsync<bool>(inside, PostgresSql.HasTables, cancellationToken).ConfigureAwait(false);
        }
        catch (LettaDrException refused) when (refused.Kind is not FaultKind.Unreachable)
        {
            return true;
        }
    }

    private static async Task<ClusterProfile> ReadStoppedAsync(
        DockerEngine engine, ContainerDetails details, IReadOnlyList<ContainerVolume> volumes, ClusterProfile bare, CancellationToken cancellationToken)
    {
        await using var scratch = await ScratchContainer.StartAsync(
            engine, details.Container.ImageDigest ?? details.Container.Image!, null, [.. volumes.Select(volume => volume with { ReadOnly = true })], cancellationToken).ConfigureAwait(false);
        var text = await scratch.ShellAsync(
            """
            d=$1; while [ ! -d "$d" ]; do d=$(dirname "$d"); done
            df -Pk "$d" | tail -n 1 | awk '{ print "free:" $4 }'
            if [ -e "$1/PG_VERSION" ]; then LC_ALL=C pg_controldata -D "$1" 2> /dev/null || true; ls "$1/base" | awk '$1 >= 16384 { print "database:" $1 }'; fi
            """,
            [bare.Directory], null, cancellationToken).ConfigureAwait(false);
        return bare with
        {
            SystemIdentifier = ControlData.Find(text, "Database system identifier"),
            Timeline = uint.TryParse(ControlData.Find(text, "Latest checkpoint's TimeLineID"), NumberStyles.None, CultureInfo.InvariantCulture, out var timeline) ? timeline : null,
            FreeBytes = long.TryParse(ControlData.Find(text, "free"), NumberStyles.None, CultureInfo.InvariantCulture, out var blocks) ? blocks * 1024 : null,
            Databases = ControlData.Find(text, "database") is null ? [] : ["it"],
        };
    }
}
