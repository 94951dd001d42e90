using Npgsql;

namespace LettaDr.Systems;

/// <summary>Describes a database as it is in one transaction's snapshot.</summary>
internal sealed class InventoryReader(NpgsqlConnection connection, string? systemIdentifier)
{
    public async Task<DatabaseInventory> ReadAsync(CancellationToken cancellationToken)
    {
        // Sequences first: they are outside every snapshot, and what pg_dump reads later must not be behind what is noted here.
        var sequences = await ReadSequencesAsync(cancellationToken).ConfigureAwait(false);
        var inventory = await ReadDatabaseAsync(cancellationToken).ConfigureAwait(false);
        var (schema, revision) = await ReadRevisionAsync(cancellationToken).ConfigureAwait(false);
        return inventory with
        {
            Database = inventory.Database with { CurrentSchema = schema, AlembicRevision = revision },
            Tables = await ReadTablesAsync(cancellationToken).ConfigureAwait(false),
            Sequences = sequences,
            Objects = await ReadAsync(
                PostgresSql.Objects,
                row => new SchemaObject(row.GetString(0), row.GetString(1), Text(row, 2) ?? string.Empty),
                cancellationToken).ConfigureAwait(false),
            Settings = await ReadAsync(
                PostgresSql.Settings, row => new DatabaseSetting(Text(row, 0), row.GetString(1), row.GetString(2)), cancellationToken).ConfigureAwait(false),
            Roles = await ReadAsync(PostgresSql.Roles, ToRole, cancellationToken).ConfigureAwait(false),
            Extensions = await ReadAsync(
                PostgresSql.Extensions,
                row => new DatabaseExtension(row.GetString(0), row.GetString(1), row.GetString(2)),
                cancellationToken).ConfigureAwait(false),
            Omissions = await ReadAsync(PostgresSql.Omissions, row => row.GetString(0), cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>Tables that hold rows, with the columns that they are read by.</summary>
    public async Task<IReadOnlyList<TableInventory>> ReadTablesAsync(CancellationToken cancellationToken)
    {
        var types = (await ReadAsync(
            PostgresSql.Types,
            row => (Oid: row.GetInt64(0), Facts: new TypePortability.TypeFacts(
                row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetInt64(4), row.GetBoolean(5), row.GetInt64(6), row.GetBoolean(7))),
            cancellationToken).ConfigureAwait(false)).ToDictionary(type => type.Oid, type => type.Facts);
        var portability = new TypePortability(types);
        var rows = await ReadAsync(
            PostgresSql.Tables,
            row => (
                Oid: row.GetInt64(0),
                Table: new TableInventory
                {
                    Schema = row.GetString(1), Name = row.GetString(2), Bytes = row.GetInt64(3), Blocks = row.GetInt64(4),
                    Plain = row.GetBoolean(5), Heap = row.GetBoolean(6), Columns = [],
                },
                Column: row.IsDBNull(7) ? null : new TableColumn
                {
                    Name = row.GetString(7), PortableBinary = portability.IsPortable(row.GetInt64(8)),
                    Type = row.GetString(9), Generated = row.GetBoolean(10),
                }),
            cancellationToken).ConfigureAwait(false);
        return [.. rows.GroupBy(row => row.Oid).Select(table => table.First().Table with
        {
            Columns = [.. table.Select(row => row.Column).OfType<TableColumn>()],
        })];
    }

    private async Task<DatabaseInventory> ReadDatabaseAsync(CancellationToken cancellationToken)
    {
        var privileges = await ReadAsync(
            PostgresSql.Privileges,
            row => new DatabasePrivilege(Text(row, 0), row.GetString(1), row.GetBoolean(2)),
            cancellationToken).ConfigureAwait(false);
        var found = await ReadAsync(
            PostgresSql.Database,
            row => new DatabaseInventory
            {
                Database = new DatabaseProperties
                {
                    Name = row.GetString(0), Owner = row.GetString(1), ServerVersion = row.GetString(2), ServerVersionNumber = row.GetInt32(3),
                    SystemIdentifier = systemIdentifier, Encoding = row.GetString(4), LocaleProvider = row.GetString(5),
                    Collate = row.GetString(6), CharacterType = row.GetString(7), ProviderLocale = Text(row, 8), CollationVersion = Text(row, 9),
                    ConnectionLimit = row.GetInt32(10), Comment = MaintenanceNote.OwnComment(Text(row, 11)), Bytes = row.GetInt64(12),
                    Privileges = row.GetBoolean(13) ? null : privileges,
                },
                SnapshotTime = new DateTimeOffset(row.GetFieldValue<DateTime>(14).ToUniversalTime()),
                Lsn = row.GetString(15),
                Tables = [],
            },
            cancellationToken).ConfigureAwait(false);
        return found[0];
    }

    /// <summary>Sequences and where they stand now, whatever the snapshot.</summary>
    public async Task<IReadOnlyList<SequenceState>> ReadSequencesAsync(CancellationToken cancellationToken)
    {
        var sequences = await ReadAsync(
            PostgresSql.Sequences,
            row => (
                Name: PostgresName.Quote(row.GetString(0)) + "." + PostgresName.Quote(row.GetString(1)),
                Increment: row.GetInt64(2), Cycles: row.GetBoolean(3)),
            cancellationToken).ConfigureAwait(false);
        if (sequences.Count == 0)
        {
            return [];
        }

        var values = await ReadAsync(
            string.Join(" UNION ALL ", sequences.Select((sequence, index) => $"SELECT {index}, last_value, is_called FROM {sequence.Name}")),
            row => (Index: row.GetInt32(0), LastValue: row.GetInt64(1), IsCalled: row.GetBoolean(2)),
            cancellationToken).ConfigureAwait(false);
        return [.. values.OrderBy(value => value.Index).Select(value => new SequenceState(
            sequences[value.Index].Name, value.LastValue, value.IsCalled, sequences[value.Index].Increment, sequences[value.Index].Cycles))];
    }

    /// <summary>What an application sees that does not qualify its names: Letta does not.</summary>
    private async Task<(string? Schema, string? Revision)> ReadRevisionAsync(CancellationToken cancellationToken)
    {
        const string ApplicationPath = """
            SELECT pg_catalog.set_config('search_path', reset_val, false) FROM pg_catalog.pg_settings WHERE name = 'search_path'
            """;
        await PostgresConnector.ExecuteAsync(connection, ApplicationPath, cancellationToken).ConfigureAwait(false);
        try
        {
            var schema = await PostgresConnector.ScalarAsync<string>(
                connection, "SELECT pg_catalog.current_schema()::text", cancellationToken).ConfigureAwait(false);
            var isAlembic = await PostgresConnector.ScalarAsync<bool>(
                connection,
                "SELECT EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid = pg_catalog.to_regclass('alembic_version') AND attname = 'version_num')",
                cancellationToken).ConfigureAwait(false);
            var revision = isAlembic
                ? await PostgresConnector.ScalarAsync<string>(
                    connection, "SELECT pg_catalog.string_agg(version_num, ',' ORDER BY version_num) FROM alembic_version", cancellationToken).ConfigureAwait(false)
                : null;
            return (schema, revision);
        }
        finally
        {
            if (connection.FullState == System.Data.ConnectionState.Open)
            {
                await PostgresConnector.ExecuteAsync(
                    connection, "SELECT pg_catalog.set_config('search_path', '', false)", CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private static DatabaseRole ToRole(NpgsqlDataReader row) => new()
    {
        Name = row.GetString(0), CanLogin = row.GetBoolean(1), IsSuperuser = row.GetBoolean(2), Inherits = row.GetBoolean(3),
        CanCreateDatabases = row.GetBoolean(4), CanCreateRoles = row.GetBoolean(5), BypassesRowSecurity = row.GetBoolean(6),
        OwnsObjects = row.GetBoolean(7),
    };

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> map, CancellationToken cancellationToken) =>
        PostgresConnector.QueryAsync(connection, sql, map, cancellationToken);
}
