using Npgsql;

namespace LettaDr.Systems.Tests;

/// <summary>
/// The cases in which a plain dump and restore of a Letta database goes wrong: each ends in a right database, or in a refusal
/// before anything is touched.
/// </summary>
[Collection(nameof(RestoreCollection))]
public sealed class NaiveRestoreTests(PostgresServer server, LettaSet set) : IClassFixture<LettaSet>
{
    [DockerFact(TestImages.Postgres)]
    public async Task Into_a_database_made_by_createdb_the_search_path_comes_too()
    {
        var target = NewTarget();
        await PostgresServer.ExecuteAsync(server.Deployment("postgres"), $"CREATE DATABASE {target.Name}");
        await set.RestoreAsync(Elsewhere(target), target);
        await set.AssertRestoredAsync(target);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Into_a_database_of_the_same_name_set_up_by_the_init_script()
    {
        await PostgresServer.ExecuteAsync(server.Deployment("postgres"), $"DROP DATABASE {set.Deployment.Name} WITH (FORCE)");
        await server.CreateDatabaseAsync(set.Deployment.Name);
        await set.RestoreAsync();
        await set.AssertRestoredAsync();
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Into_prod_set_up_by_the_init_script_both_passage_tables_come_back()
    {
        var prod = await server.CreateDatabaseAsync(PostgresServer.NewName("prod"));
        Assert.Equal(prod.Name, await PostgresServer.ValueAsync(prod, "SELECT extnamespace::regnamespace::text FROM pg_extension WHERE extname = 'vector'"));
        await set.RestoreAsync(Elsewhere(prod), prod);
        await set.AssertRestoredAsync(prod);
        Assert.Equal("2", await PostgresServer.ValueAsync(prod, "SELECT count(*) FROM pg_tables WHERE tablename IN ('archival_passages', 'source_passages')"));
        Assert.Equal("0", await PostgresServer.ValueAsync(prod, $"SELECT count(*) FROM pg_namespace WHERE nspname = '{prod.Name}'"));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Into_a_database_whose_extension_is_in_public_already()
    {
        var target = NewTarget();
        await PostgresServer.ExecuteAsync(server.Deployment("postgres"), $"CREATE DATABASE {target.Name}");
        await PostgresServer.ExecuteAsync(target, "CREATE EXTENSION vector; CREATE TABLE vectors (v vector(3))");
        await set.RestoreAsync(Elsewhere(target), target);
        await set.AssertRestoredAsync(target);
        Assert.Equal(set.Schema, await PostgresServer.ValueAsync(target, "SELECT extnamespace::regnamespace::text FROM pg_extension WHERE extname = 'vector'"));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Over_a_database_that_Letta_has_started_on_once()
    {
        var target = await server.CreateLettaDatabaseAsync(new LettaSeedSize { Agents = 1, Messages = 10, Passages = 4, Seed = 7 });
        await set.RestoreAsync(Elsewhere(target), target);
        await set.AssertRestoredAsync(target);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Twice_and_over_itself()
    {
        await set.RestoreAsync();
        await PostgresServer.ExecuteAsync(set.Deployment, "CREATE TABLE of_no_set (i int)");
        await set.RestoreAsync();
        await set.AssertRestoredAsync();
        Assert.Equal("0", await PostgresServer.ValueAsync(set.Deployment, "SELECT count(*) FROM pg_tables WHERE tablename = 'of_no_set'"));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task As_another_owner_unqualified_queries_of_that_role_find_the_tables()
    {
        var owner = await server.CreateRoleAsync();
        var target = NewTarget();
        await set.RestoreAsync(request => Elsewhere(target)(request) with { Owner = owner }, target);

        var asOwner = server.Deployment(target.Name, owner, owner);
        await set.AssertRestoredAsync(target, owner);
        Assert.Equal(LettaSchema.Revision, await PostgresServer.ValueAsync(asOwner, "SELECT version_num FROM alembic_version"));
        Assert.Equal(set.Schema, await PostgresServer.ValueAsync(asOwner, "SELECT current_schema"));
        await PostgresServer.ExecuteAsync(
            asOwner, "UPDATE organizations SET name = name || '!'; INSERT INTO alembic_version VALUES ('next'); ALTER TABLE messages ADD COLUMN migrated int; CREATE TABLE new_one (v vector(3))");
        Assert.Equal("0", await PostgresServer.ValueAsync(
            asOwner, "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema::regnamespace AND relowner <> current_user::regrole"));
        Assert.Equal(owner, await PostgresServer.ValueAsync(asOwner, "SELECT datdba::regrole::text FROM pg_database WHERE datname = current_database()"));
        // The owner may migrate: what a start of Letta does first.
        Assert.Equal(owner, await PostgresServer.ValueAsync(asOwner, "SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = current_schema"));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task With_a_session_open_it_is_refused_by_name_before_anything_is_touched()
    {
        await using var session = new NpgsqlConnection(PostgresServer.ConnectionString(set.Deployment) + ";Application Name=letta-pool-1");
        await session.OpenAsync();
        var before = await ServerState.ReadAsync(server, set.Deployment, set.Inventory);

        var fault = await set.RefusedAsync();

        Assert.Equal("DatabaseInUse", fault.Id);
        Assert.Contains("letta-pool-1", fault.Message, StringComparison.Ordinal);
        Assert.Contains("postgres", fault.Message, StringComparison.Ordinal);
        Assert.Contains("-DisconnectSessions", fault.Remedy, StringComparison.Ordinal);
        Assert.Equal(before, await ServerState.ReadAsync(server, set.Deployment, set.Inventory));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task As_an_owner_without_the_right_to_create_the_extension_it_is_refused()
    {
        var role = await server.CreateRoleAsync("CREATEDB");
        var target = server.Deployment(PostgresServer.NewName(), role, role);
        var before = await ServerState.ReadAsync(server, null, null);

        var fault = await set.RefusedAsync(Elsewhere(target), target);

        Assert.Equal("ExtensionNeedsSuperuser", fault.Id);
        Assert.Contains("vector", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, await ServerState.ReadAsync(server, null, null));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Onto_an_older_server_it_is_refused()
    {
        // A set that says it is of PostgreSQL 18, on the real 17: the same comparison as 17 onto 15.
        using var newer = SetEditor.Edit(set, inventory => inventory with
        {
            Database = inventory.Database with { ServerVersion = "18.1", ServerVersionNumber = 180001 },
        });
        var before = await ServerState.ReadAsync(server, set.Deployment, set.Inventory);

        var fault = await Assert.ThrowsAsync<LettaDrException>(() => LettaOperations.RestoreAsync(set.Deployment, newer.Repository, newer.Backup));

        Assert.Equal("TargetTooOld", fault.Id);
        Assert.Contains("18.1", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, await ServerState.ReadAsync(server, set.Deployment, set.Inventory));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Sets_record_the_image_and_the_revision_that_belong_together()
    {
        using var repository = new TemporaryRepository();
        var deployment = set.Deployment with
        {
            Server = new ServerEndpoint
            {
                BaseAddress = new Uri("http://localhost:8283"),
                Container = new DeploymentContainer { Name = "letta", Image = "letta/letta:0.16.1", ImageDigest = "letta/letta@sha256:1234" },
            },
        };
        var backup = await LettaOperations.BackUpAsync(deployment, repository);
        Assert.Equal(LettaSchema.Revision, backup.Manifest!.Database!.AlembicRevision);
        Assert.Equal(("letta/letta:0.16.1", "letta/letta@sha256:1234"), (backup.Manifest.Database.ServerImage!, backup.Manifest.Database.ServerImageDigest!));
        Assert.Equal(TestImages.Postgres, backup.Manifest.Database.Image);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Open_transactions_on_the_live_database_neither_block_nor_survive_it()
    {
        await using var session = await PostgresServer.OpenAsync(set.Deployment);
        await PostgresConnector.ExecuteAsync(session, "BEGIN; LOCK TABLE messages, agents IN ACCESS EXCLUSIVE MODE", CancellationToken.None);

        await set.RestoreAsync(request => request with { DisconnectSessions = true });

        await set.AssertRestoredAsync();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => PostgresConnector.ExecuteAsync(session, "COMMIT", CancellationToken.None));
    }

    private LettaDeployment NewTarget() => server.Deployment(PostgresServer.NewName("target"));

    private static Func<RestoreRequest, RestoreRequest> Elsewhere(LettaDeployment target) =>
        request => request with { TargetDatabase = target.Name, AllowOtherCluster = true };
}
