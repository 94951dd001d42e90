namespace LettaDr.Systems.Tests;

/// <summary>Whatever PostgreSQL lets people make comes back, whether its rows travel as binary or in pg_dump's archive.</summary>
[Collection(nameof(RestoreCollection))]
public sealed class OddSchemaTests(PostgresServer server)
{
    [DockerFact(TestImages.Postgres)]
    public async Task A_large_object_beyond_what_a_value_holds_comes_back()
    {
        var deployment = await server.CreateDatabaseAsync();
        // Mostly a hole, which reads as zeros; pg_dump writes them out.
        await PostgresServer.ExecuteAsync(
            deployment, "SELECT lo_create(77); SELECT lo_put(77, 1200000000, '\\x4c65747461'); SELECT lo_create(78)");
        using var repository = new TemporaryRepository();
        var backup = await LettaOperations.BackUpAsync(deployment, repository);
        await PostgresServer.ExecuteAsync(deployment, "SELECT lo_unlink(77)");

        var result = await LettaOperations.RestoreAsync(deployment, repository, backup, request => request with { DiscardPrevious = true });

        Assert.Empty(result.Differences);
        Assert.Equal("Letta", await PostgresServer.ValueAsync(deployment, "SELECT convert_from(lo_get(77, 1200000000, 100), 'UTF8')"));
        await PostgresServer.ExecuteAsync(deployment, "SELECT lo_put(77, 1199999999, '\\x01')");
        Assert.Equal("large objects", Assert.Single(await LettaOperations.CompareAsync(LettaOperations.InventoryOf(repository, backup), deployment)).Kind);
    }

    [DockerFact(TestImages.Postgres)]
    public Task Nothing_odd_is_lost() => RoundTripAsync(portable: false);

    [DockerFact(TestImages.Postgres)]
    public Task Nothing_odd_is_lost_from_a_portable_set() => RoundTripAsync(portable: true);

    [DockerFact(TestImages.Postgres)]
    public async Task A_set_of_an_odd_database_restores_under_another_name_on_a_server_without_its_roles()
    {
        var source = await OddSchema.CreateAsync(server);
        using var repository = new TemporaryRepository();
        var backup = await LettaOperations.BackUpAsync(source, repository);
        await using var elsewhere = new SpareServer();
        await elsewhere.InitializeAsync();
        var target = elsewhere.Deployment("new \"name\"");

        var refused = await Assert.ThrowsAsync<LettaDrException>(() => LettaOperations.RestoreAsync(
            target, repository, backup, request => request with { AllowOtherCluster = true }));
        Assert.Equal("RolesMissing", refused.Id);
        Assert.Contains(OddSchema.Reader, refused.Message, StringComparison.Ordinal);
        Assert.Contains(OddSchema.Other, refused.Message, StringComparison.Ordinal);

        await LettaOperations.RestoreAsync(
            target, repository, backup, request => request with { AllowOtherCluster = true, CreateMissingRoles = true });

        Assert.Empty(await LettaOperations.CompareAsync(LettaOperations.InventoryOf(repository, backup), target));
        Assert.Equal(
            [OddSchema.Other + "\tFalse", OddSchema.Reader + "\tFalse"],
            await PostgresServer.LinesAsync(target, "SELECT rolname, rolcanlogin FROM pg_roles WHERE rolname ILIKE 'odd%' ORDER BY rolname COLLATE \"C\""));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_public_schema_made_anew_comes_back_with_its_comment_and_rights()
    {
        var source = server.Deployment(PostgresServer.NewName());
        await OddSchema.CreateRolesAsync(server.Deployment("postgres"));
        await PostgresServer.ExecuteAsync(server.Deployment("postgres"), $"CREATE DATABASE {source.Name}");
        await PostgresServer.ExecuteAsync(
            source,
            $"DROP SCHEMA public; CREATE SCHEMA public; COMMENT ON SCHEMA public IS 'made anew'; GRANT USAGE ON SCHEMA public TO {OddSchema.Reader}; CREATE TABLE kept (i int)");
        await RoundTripAsync(source, portable: false);
        Assert.Equal("made anew", await PostgresServer.ValueAsync(source, "SELECT obj_description('public'::regnamespace)"));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_database_with_nothing_in_it_comes_back()
    {
        var source = server.Deployment(PostgresServer.NewName());
        await PostgresServer.ExecuteAsync(
            server.Deployment("postgres"),
            $"CREATE DATABASE {source.Name} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'de-AT' ENCODING 'UTF8'");
        await RoundTripAsync(source, portable: false);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_database_of_another_encoding_comes_back()
    {
        var source = server.Deployment(PostgresServer.NewName());
        await PostgresServer.ExecuteAsync(
            server.Deployment("postgres"),
            $"CREATE DATABASE {source.Name} TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'");
        await PostgresServer.ExecuteAsync(source, "CREATE TABLE \"größe\" (t text, j json); INSERT INTO \"größe\" VALUES ('é', '\"ÿ\"'); CREATE EXTENSION vector; CREATE TABLE v (t text, e vector(1)); INSERT INTO v VALUES ('ß', '[1]')");
        await RoundTripAsync(source, portable: false);
        Assert.Equal("é", await PostgresServer.ValueAsync(source, "SELECT t FROM \"größe\""));
    }

    private async Task RoundTripAsync(bool portable)
    {
        var source = await OddSchema.CreateAsync(server);
        var inventory = await RoundTripAsync(source, portable);
        var streamed = inventory.Tables.Where(table => table.Route == TableRoute.BinaryCopy).Select(table => table.Name).ToList();
        if (portable)
        {
            Assert.Empty(streamed);
        }
        else
        {
            Assert.Contains("Heavy \"v\" .*.🦊", streamed);
            Assert.Contains("binary_values", streamed);
            Assert.Contains("guarded", streamed);
            Assert.DoesNotContain("typed", streamed);
            Assert.DoesNotContain("secured", streamed);
        }

        Assert.Equal("5", await PostgresServer.ValueAsync(source, "SELECT count(*) FROM public.typed"));
        Assert.Equal(
            "0,3,100000,300001",
            await PostgresServer.ValueAsync(source, "SELECT string_agg(length(lo_get(oid))::text, ',' ORDER BY oid) FROM pg_largeobject_metadata"));
        Assert.Equal(OddSchema.Reader, await PostgresServer.ValueAsync(source, "SELECT lomowner::regrole::text FROM pg_largeobject_metadata WHERE oid = 990003"));
        Assert.Equal("a large object", await PostgresServer.ValueAsync(source, "SELECT obj_description(990002, 'pg_largeobject')"));
        // The event trigger, the publications, statistics and policies are still at work, not only in the catalogue.
        Assert.Equal("watch_ddl", await PostgresServer.ValueAsync(source, "SELECT evtname FROM pg_event_trigger WHERE evtenabled = 'O'"));
        Assert.Equal("all_tables,some_schemas,some_tables", await PostgresServer.ValueAsync(source, "SELECT string_agg(pubname, ',' ORDER BY pubname) FROM pg_publication"));
    }

    /// <summary>Backs up, drops, restores; every comparison that there is must find nothing.</summary>
    private async Task<DatabaseInventory> RoundTripAsync(LettaDeployment source, bool portable)
    {
        using var repository = new TemporaryRepository();
        var outside = await OddSchema.OutsideAsync(server, source.Name);
        var dump = await OddSchema.DumpAsync(server, source.Name);
        var backup = await LettaOperations.BackUpAsync(source, repository, request => request with { Portable = portable });
        await PostgresServer.ExecuteAsync(server.Deployment("postgres"), $"DROP DATABASE {PostgresName.Quote(source.Name)}");

        var result = await LettaOperations.RestoreAsync(source, repository, backup);

        var inventory = LettaOperations.InventoryOf(repository, backup);
        Assert.Empty(result.Differences);
        Assert.Empty(await LettaOperations.CompareAsync(inventory, source));
        Assert.Equal(outside, await OddSchema.OutsideAsync(server, source.Name));
        Assert.Equal(dump, await OddSchema.DumpAsync(server, source.Name));
        return inventory;
    }
}
