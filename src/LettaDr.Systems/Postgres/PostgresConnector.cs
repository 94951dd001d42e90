using Npgsql;

namespace LettaDr.Systems;

/// <summary>Opens connections to a deployment's server whose session cannot be bent by settings of the server, role or database.</summary>
internal sealed class PostgresConnector(DatabaseEndpoint endpoint, string operationId)
{
    // An empty search path makes the server spell every name in full; row_security off makes it refuse rather than filter.
    // The formats fix how values without a portable binary form read as text.
    private const string SessionSettings = """
        SELECT pg_catalog.set_config(name, value, false)
        FROM (VALUES ('search_path', ''), ('row_security', 'off'), ('statement_timeout', '0'), ('lock_timeout', '0'),
            ('idle_in_transaction_session_timeout', '0'), ('transaction_timeout', '0'), ('datestyle', 'ISO, YMD'),
            ('intervalstyle', 'postgres'), ('timezone', 'UTC'), ('extra_float_digits', '3'), ('bytea_output', 'hex'),
            ('xmlbinary', 'base64'), ('quote_all_identifiers', 'off')) AS wanted (name, value)
        WHERE name IN (SELECT pg_settings.name FROM pg_catalog.pg_settings)
            OR name IN ('datestyle', 'intervalstyle', 'timezone')
        """;

    public DatabaseEndpoint Endpoint => endpoint;

    /// <summary>Identifies the operation that the sessions are opened for.</summary>
    public string OperationId => operationId;

    /// <summary>The name that every session of this operation bears, the programs' too.</summary>
    public string ApplicationName { get; } = "LettaDr " + operationId;

    /// <summary>Opens a connection to the deployment's database, or to <paramref name="database"/> on the same server.</summary>
    public Task<NpgsqlConnection> OpenAsync(string? database, CancellationToken cancellationToken) =>
        OpenAsync(database, ApplicationName, cancellationToken);

    /// <summary>
    /// Opens the session that an operation lives and dies with, and ends the sessions of operations whose own has died: a pg_dump
    /// in the database's container outlives a killed process of ours, and its locks with it.
    /// </summary>
    public async Task<NpgsqlConnection> OpenControlAsync(CancellationToken cancellationToken)
    {
        const string EndOrphans = """
            SELECT pg_catalog.pg_terminate_backend(a.pid) FROM pg_catalog.pg_stat_activity AS a
            WHERE a.application_name ~ '^LettaDr [^ ]+$' AND a.usename = CURRENT_USER AND a.datname = pg_catalog.current_database()
                AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_activity AS c WHERE c.application_name = a.application_name || ' control')
            """;
        var connection = await OpenOnlyAsync(cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(connection, EndOrphans, cancellationToken).ConfigureAwait(false);
        return connection;
    }

    /// <summary>Opens the only session of an operation: it says itself that the operation lives, so that no other ends it as an orphan.</summary>
    public Task<NpgsqlConnection> OpenOnlyAsync(CancellationToken cancellationToken) =>
        OpenAsync(null, ApplicationName + " control", cancellationToken);

    private async Task<NpgsqlConnection> OpenAsync(string? database, string applicationName, CancellationToken cancellationToken)
    {
        var name = database ?? endpoint.Database;
        var connection = new NpgsqlConnection(ConnectionString(name, applicationName));
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            await ExecuteAsync(connection, SessionSettings, cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch (Exception failure)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            if (PostgresFaults.Translate(failure, endpoint with { Database = name }) is { } fault)
            {
                throw fault;
            }

            throw;
        }
    }

    /// <summary>
    /// Does work on a connection and a thread of its own, by blocking calls alone: on a stream of gigabytes, handing every few
    /// kilobytes to a thread of the pool took a third of our processor time.
    /// </summary>
    /// <param name="database">The database; null means the deployment's.</param>
    /// <param name="existing">A connection to go on with; null opens one.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Cancels what the server does for this connection.</param>
    /// <returns>The result and the connection, which the caller closes; after a failure it is closed already.</returns>
    public async Task<(T Result, NpgsqlConnection Connection)> StreamAsync<T>(
        string? database, NpgsqlConnection? existing, Func<NpgsqlConnection, T> work, CancellationToken cancellationToken)
    {
        var connection = existing;
        try
        {
            var result = await Task.Factory.StartNew(
                () =>
                {
                    BatchScheduling.EnterOwnThread();
                    connection ??= OpenBlocking(database ?? endpoint.Database);
                    var process = connection.ProcessID;
                    using var cancelling = cancellationToken.Register(() => _ = CancelAsync(process));
                    return work(connection);
                },
                cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
            return (result, connection!);
        }
        catch (Exception failure)
        {
            if (connection is not null)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }

            if (failure is NpgsqlException)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            throw;
        }
    }

    private NpgsqlConnection OpenBlocking(string database)
    {
        var connection = new NpgsqlConnection(ConnectionString(database, ApplicationName));
        try
        {
            connection.Open();
            Execute(connection, SessionSettings);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Asks the server to give up what another session is doing.</summary>
    private async Task CancelAsync(int process)
    {
        try
        {
            var connection = await OpenMaintenanceAsync(CancellationToken.None).ConfigureAwait(false);
            await using var closing = connection.ConfigureAwait(false);
            await ExecuteAsync(connection, $"SELECT pg_catalog.pg_cancel_backend({process})", CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is LettaDrException or NpgsqlException)
        {
            // A server that cannot be reached has ended the session itself.
        }
    }

    public static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>Opens a connection from which the deployment's database itself can be created, renamed and dropped.</summary>
    public async Task<NpgsqlConnection> OpenMaintenanceAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await OpenAsync("postgres", cancellationToken).ConfigureAwait(false);
        }
        catch (LettaDrException missing) when (missing.Id is "DatabaseNotFound" or "DatabaseClosed")
        {
            return await OpenAsync("template1", cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The same server and role, another database.</summary>
    public PostgresConnector For(string database) => new(endpoint with { Database = database }, operationId);

    /// <summary>The cluster's system identifier; null when the role may not read it.</summary>
    public static async Task<string?> SystemIdentifierAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            return await ScalarAsync<string>(
                connection, "SELECT system_identifier::text FROM pg_catalog.pg_control_system()", cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return null;
        }
    }

    public static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public static async Task<T?> ScalarAsync<T>(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is T value ? value : default;
    }

    public static async Task<List<T>> QueryAsync<T>(
        NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> map, CancellationToken cancellationToken,
        string? parameter = null)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        if (parameter is not null)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    private string ConnectionString(string database, string applicationName)
    {
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = endpoint.Host,
            Port = endpoint.Port,
            Database = database,
            Username = endpoint.UserName,
            ApplicationName = applicationName,
            Pooling = false,
            Timeout = 15,
            CommandTimeout = 0,
            KeepAlive = 30,
            // Rows are read in large gulps: measured 1.3 times as fast as the default 8 KiB on binary COPY.
            ReadBufferSize = 256 * 1024,
            WriteBufferSize = 256 * 1024,
            IncludeErrorDetail = false,
            // Asked for, it looks up the host's name at a DNS server first, and waits for one that does not answer.
            GssEncryptionMode = GssEncryptionMode.Disable,
            Multiplexing = false,
        };
        if (!endpoint.Host.StartsWith('/'))
        {
            // A server that vanishes without a word (its machine, its container's network) must not be waited for for ever.
            // A socket that is no TCP refuses these.
            (builder.TcpKeepAlive, builder.TcpKeepAliveTime, builder.TcpKeepAliveInterval) = (true, 15, 3);
        }

        if (endpoint.Password is { } password)
        {
            builder.Password = password.Reveal();
        }

        if (endpoint.SslMode is { } mode)
        {
            builder.SslMode = mode switch
            {
                "disable" => SslMode.Disable,
                "allow" => SslMode.Allow,
                "require" => SslMode.Require,
                "verify-ca" => SslMode.VerifyCA,
                "verify-full" => SslMode.VerifyFull,
                _ => SslMode.Prefer,
            };
        }

        return builder.ConnectionString;
    }
}
