namespace LettaDr;

/// <summary>The statements that make a database like the one that was backed up.</summary>
internal static class DatabaseCreation
{
    // For these the catalogue holds an already quoted list, which must not be quoted once more (guc_tables.c, GUC_LIST_QUOTE).
    private static readonly HashSet<string> ListSettings = new(StringComparer.OrdinalIgnoreCase)
    {
        "local_preload_libraries", "search_path", "session_preload_libraries", "shared_preload_libraries", "temp_tablespaces",
        "unix_socket_directories",
    };

    public static string Statement(DatabaseProperties properties, string name, string owner)
    {
        var statement = $"CREATE DATABASE {PostgresName.Quote(name)} OWNER {PostgresName.Quote(owner)} TEMPLATE template0"
            + $" ENCODING {PostgresName.Literal(properties.Encoding)}"
            + $" LC_COLLATE {PostgresName.Literal(properties.Collate)} LC_CTYPE {PostgresName.Literal(properties.CharacterType)}";
        return properties.LocaleProvider switch
        {
            "i" => $"{statement} LOCALE_PROVIDER icu ICU_LOCALE {PostgresName.Literal(properties.ProviderLocale ?? string.Empty)}",
            "b" => $"{statement} LOCALE_PROVIDER builtin BUILTIN_LOCALE {PostgresName.Literal(properties.ProviderLocale ?? "C.UTF-8")}",
            _ => statement,
        };
    }

    public static string SettingStatement(DatabaseSetting setting, string database)
    {
        var value = ListSettings.Contains(setting.Name)
            ? setting.Value.Length == 0 ? "''" : setting.Value
            : PostgresName.Literal(setting.Value);
        var scope = setting.Role is null
            ? $"ALTER DATABASE {PostgresName.Quote(database)}"
            : $"ALTER ROLE {PostgresName.Quote(setting.Role)} IN DATABASE {PostgresName.Quote(database)}";
        return $"{scope} SET {QuoteParameter(setting.Name)} = {value}";
    }

    /// <summary>The statements that give the database the privileges it had; none where it had the default.</summary>
    public static IEnumerable<string> PrivilegeStatements(DatabaseProperties properties, string database)
    {
        if (properties.Privileges is null)
        {
            yield break;
        }

        var name = PostgresName.Quote(database);
        // Of the owner's own too, which it may have given up.
        yield return $"REVOKE ALL ON DATABASE {name} FROM PUBLIC, {PostgresName.Quote(properties.Owner)}";
        foreach (var privilege in properties.Privileges)
        {
            var grantee = privilege.Role is null ? "PUBLIC" : PostgresName.Quote(privilege.Role);
            yield return $"GRANT {privilege.Privilege} ON DATABASE {name} TO {grantee}"
                + (privilege.Grantable ? " WITH GRANT OPTION" : string.Empty);
        }
    }

    /// <summary>
    /// What a fresh database needs before the archive's tables: no schema public where there was none; and, where another role
    /// is to own everything, the extensions, which that role might not be allowed to create.
    /// </summary>
    public static IReadOnlyList<string> EmptyDatabaseStatements(DatabaseInventory inventory, string? owner)
    {
        var statements = new List<string>();
        if (!inventory.Objects.Any(item => item is { Kind: "schema", Identity: "public" }))
        {
            statements.Add("DROP SCHEMA public");
        }

        if (owner is not null)
        {
            statements.AddRange(ExtensionSchemas(inventory).Select(
                schema => $"CREATE SCHEMA {PostgresName.Quote(schema)} AUTHORIZATION {PostgresName.Quote(owner)}"));
            statements.AddRange(inventory.Extensions.Select(
                extension => $"CREATE EXTENSION {PostgresName.Quote(extension.Name)} WITH SCHEMA {PostgresName.Quote(extension.Schema)} CASCADE"));
        }

        return statements;
    }

    /// <summary>The schemas that extensions live in and that a fresh database lacks.</summary>
    public static IReadOnlyList<string> ExtensionSchemas(DatabaseInventory inventory) =>
        [.. inventory.Extensions.Select(extension => extension.Schema).Distinct().Where(schema => schema is not ("public" or "pg_catalog"))];

    private static string QuoteParameter(string name) => string.Join('.', name.Split('.').Select(PostgresName.Quote));
}
