namespace LettaDr.Systems;

/// <summary>The queries that stand beside this class in <c>Sql/</c>, carried in the assembly.</summary>
internal static class PostgresSql
{
    public static string Database { get; } = Read("database");

    public static string Tables { get; } = Read("tables");

    public static string Types { get; } = Read("types");

    public static string Sequences { get; } = Read("sequences");

    public static string Settings { get; } = Read("settings");

    public static string Extensions { get; } = Read("extensions");

    public static string Roles { get; } = Read("roles");

    public static string Privileges { get; } = Read("privileges");

    public static string Omissions { get; } = Read("omissions");

    public static string Objects { get; } = Read("objects");

    public static string Cluster { get; } = Read("cluster");

    /// <summary>The relations whose content no recovery brings back.</summary>
    public static string Unlogged { get; } = Read("unlogged");

    public static string Target { get; } = Read("target");

    public static string TargetExtensions { get; } = Read("target-extensions");

    public static string Sessions { get; } = Read("sessions");

    /// <summary>Whether the database has a table of its own.</summary>
    public static string HasTables { get; } = Read("has-tables");

    /// <summary>The tables that still want statistics.</summary>
    public static string Unanalyzed { get; } = Read("unanalyzed");

    /// <summary>A row of <see cref="Sessions"/>.</summary>
    public static DatabaseSession SessionOf(Npgsql.NpgsqlDataReader row) => new(
        row.GetInt32(0), row.IsDBNull(1) ? null : row.GetString(1), row.IsDBNull(2) ? string.Empty : row.GetString(2),
        row.IsDBNull(3) ? null : row.GetString(3))
    {
        State = row.IsDBNull(4) ? null : row.GetString(4), Since = row.IsDBNull(5) ? null : row.GetFieldValue<DateTimeOffset>(5),
    };

    private static string Read(string name) => EmbeddedSql.Read($"Postgres/Sql/{name}.sql");
}
