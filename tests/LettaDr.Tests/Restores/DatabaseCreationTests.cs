namespace LettaDr.Tests;

public sealed class DatabaseCreationTests
{
    private static readonly DatabaseProperties Libc = Sample.Database();

    [Fact]
    public void A_database_is_made_from_the_clean_template_with_its_own_locale() => Assert.Equal(
        "CREATE DATABASE \"my \"\"db\"\"\" OWNER \"o\" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'en_US.utf8' LC_CTYPE 'en_US.utf8'",
        DatabaseCreation.Statement(Libc, "my \"db\"", "o"));

    [Fact]
    public void ICU_and_builtin_locales_come_back()
    {
        Assert.EndsWith(
            " LOCALE_PROVIDER icu ICU_LOCALE 'de-u-co-phonebk'",
            DatabaseCreation.Statement(Libc with { LocaleProvider = "i", ProviderLocale = "de-u-co-phonebk" }, "d", "o"), StringComparison.Ordinal);
        Assert.EndsWith(
            " LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'",
            DatabaseCreation.Statement(Libc with { LocaleProvider = "b", ProviderLocale = "C.UTF-8" }, "d", "o"), StringComparison.Ordinal);
        Assert.DoesNotContain("LOCALE_PROVIDER", DatabaseCreation.Statement(Libc, "d", "o"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("search_path", "letta, \"My Schema\", public", "letta, \"My Schema\", public")]
    [InlineData("search_path", "\"\"", "\"\"")]
    [InlineData("search_path", "", "''")]
    [InlineData("Search_Path", "letta", "letta")]
    [InlineData("session_preload_libraries", "\"auto_explain\"", "\"auto_explain\"")]
    [InlineData("temp_tablespaces", "fast", "fast")]
    [InlineData("work_mem", "64MB", "'64MB'")]
    [InlineData("TimeZone", "Europe/Berlin", "'Europe/Berlin'")]
    [InlineData("default_text_search_config", "pg_catalog.english", "'pg_catalog.english'")]
    [InlineData("application_name", "it's", "'it''s'")]
    public void A_list_is_set_as_the_catalogue_has_it_and_all_else_as_a_literal(string name, string value, string written) =>
        Assert.EndsWith(" = " + written, DatabaseCreation.SettingStatement(new DatabaseSetting(null, name, value), "d"), StringComparison.Ordinal);

    [Fact]
    public void A_setting_is_for_the_database_or_for_a_role_in_it()
    {
        Assert.Equal("ALTER DATABASE \"a\"\"b\" SET \"work_mem\" = '1GB'", DatabaseCreation.SettingStatement(new DatabaseSetting(null, "work_mem", "1GB"), "a\"b"));
        Assert.Equal(
            "ALTER ROLE \"Bob\" IN DATABASE \"d\" SET \"my\".\"option\" = 'x'",
            DatabaseCreation.SettingStatement(new DatabaseSetting("Bob", "my.option", "x"), "d"));
    }

    [Fact]
    public void Privileges_are_given_only_where_the_database_had_its_own()
    {
        Assert.Empty(DatabaseCreation.PrivilegeStatements(Libc, "d"));
        Assert.Equal(
            ["REVOKE ALL ON DATABASE \"d\" FROM PUBLIC, \"letta\"", "GRANT CONNECT ON DATABASE \"d\" TO PUBLIC", "GRANT CREATE ON DATABASE \"d\" TO \"a b\" WITH GRANT OPTION"],
            DatabaseCreation.PrivilegeStatements(
                Libc with { Privileges = [new DatabasePrivilege(null, "CONNECT", false), new DatabasePrivilege("a b", "CREATE", true)] }, "d"));
        Assert.Equal(["REVOKE ALL ON DATABASE \"d\" FROM PUBLIC, \"letta\""], DatabaseCreation.PrivilegeStatements(Libc with { Privileges = [] }, "d"));
    }

    [Fact]
    public void A_fresh_database_loses_public_where_there_was_none()
    {
        var inventory = Sample.Inventory();

        Assert.Equal(["DROP SCHEMA public"], DatabaseCreation.EmptyDatabaseStatements(inventory, null));
        Assert.Empty(DatabaseCreation.EmptyDatabaseStatements(inventory with { Objects = [new SchemaObject("schema", "public", "")] }, null));
    }

    [Fact]
    public void For_a_new_owner_extensions_are_made_beforehand_in_their_own_schema()
    {
        var statements = DatabaseCreation.EmptyDatabaseStatements(
            Sample.Inventory() with
            {
                Extensions = [new("vector", "0.8.1", "letta"), new("pg_trgm", "1.6", "letta"), new("plpgsql", "1.0", "pg_catalog")],
            },
            "prod");

        Assert.Equal(["DROP SCHEMA public", "CREATE SCHEMA \"letta\" AUTHORIZATION \"prod\""], statements.Take(2));
        Assert.Contains("CREATE EXTENSION \"vector\" WITH SCHEMA \"letta\" CASCADE", statements);
        Assert.Single(statements, statement => statement.StartsWith("CREATE SCHEMA", StringComparison.Ordinal));
    }
}
