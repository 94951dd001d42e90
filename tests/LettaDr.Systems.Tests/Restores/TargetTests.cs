namespace LettaDr.Systems.Tests;

/// <summary>Restores to somewhere else, and to servers that lack something: right, or refused before anything is touched.</summary>
[Collection(nameof(RestoreCollection))]
public sealed class TargetTests(PostgresServer server, LettaSet set) : IClassFixture<LettaSet>
{
    [DockerFact(TestImages.Postgres)]
    public async Task Another_name_keeps_the_schema_and_leaves_the_live_database_alone()
    {
        var live = await ServerState.RowsAsync(set.Deployment, set.Inventory);
        var name = PostgresServer.NewName("copy");

        // No session on the live database matters: it is not what is replaced.
        await using (await PostgresServer.OpenAsync(set.Deployment))
        {
            var result = await set.RestoreAsync(request => request with { TargetDatabase = name });
            Assert.Equal(name, result.Database);
            Assert.Null(result.PreviousDatabase);
        }

        await set.AssertRestoredAsync(server.Deployment(name));
        Assert.Equal(live, await ServerState.RowsAsync(set.Deployment, set.Inventory));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task The_longest_and_oddest_name_can_be_restored_as_and_undone()
    {
        var name = "Ü🦊 \"x\" = '%s' " + new string('n', 45);
        Assert.Equal(PostgresName.MaxBytes, System.Text.Encoding.UTF8.GetByteCount(name) + 0);
        var target = server.Deployment(name);
        await set.RestoreAsync(request => request with { TargetDatabase = name });
        var again = await set.RestoreAsync(request => request with { TargetDatabase = name });
        await set.AssertRestoredAsync(target);
        Assert.True(System.Text.Encoding.UTF8.GetByteCount(again.PreviousDatabase!) <= PostgresName.MaxBytes);
        var operationId = OperationId.Next();
        using var database = await DeploymentDatabase.OpenAsync(target, operationId, CancellationToken.None);
        await using var opened = database.OpenTarget();
        await new RestoreUndoing(opened, new CollectingObserver(), set.Repository.Journals)
            .RunAsync(target, name, false, operationId, CancellationToken.None);
        await set.AssertRestoredAsync(target);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task An_owner_that_does_not_exist_is_refused()
    {
        var fault = await AssertUntouchedAsync(request => request with { Owner = "nobody_there" });
        Assert.Equal("RoleNotFound", fault.Id);
        Assert.Contains("nobody_there", fault.Message, StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Roles_of_the_set_that_are_missing_are_refused_by_name_or_made_without_login()
    {
        var role = await server.CreateRoleAsync();
        var deployment = await server.CreateLettaDatabaseAsync();
        await PostgresServer.ExecuteAsync(deployment, $"ALTER TABLE agents OWNER TO {role}; GRANT SELECT ON messages TO {role}");
        using var repository = new TemporaryRepository();
        var backup = await LettaOperations.BackUpAsync(deployment, repository);
        await PostgresServer.ExecuteAsync(deployment, $"REASSIGN OWNED BY {role} TO postgres; DROP OWNED BY {role}; DROP ROLE {role}");
        var before = await ServerState.ReadAsync(server, deployment, LettaOperations.InventoryOf(repository, backup));

        var fault = await Assert.ThrowsAsync<LettaDrException>(() => LettaOperations.RestoreAsync(deployment, repository, backup));

        Assert.Equal("RolesMissing", fault.Id);
        Assert.Contains(role, fault.Message, StringComparison.Ordinal);
        Assert.Contains("-CreateMissingRoles", fault.Remedy, StringComparison.Ordinal);
        Assert.Equal(before, await ServerState.ReadAsync(server, deployment, LettaOperations.InventoryOf(repository, backup)));

        await LettaOperations.RestoreAsync(deployment, repository, backup, request => request with { CreateMissingRoles = true });
        Assert.Empty(await LettaOperations.CompareAsync(LettaOperations.InventoryOf(repository, backup), deployment));
        Assert.Equal(role, await PostgresServer.ValueAsync(deployment, "SELECT relowner::regrole::text FROM pg_class WHERE oid = 'agents'::regclass"));
        Assert.Equal("False\tFalse", Assert.Single(await PostgresServer.LinesAsync(
            deployment, $"SELECT rolcanlogin, rolpassword IS NOT NULL FROM pg_authid WHERE rolname = '{role}'")));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_role_that_may_not_create_databases_is_refused()
    {
        var role = await server.CreateRoleAsync();
        var fault = await AssertUntouchedAsync(
            request => request with { AllowOtherCluster = true }, server.Deployment(set.Deployment.Name, role, role));
        Assert.Equal("CannotCreateDatabase", fault.Id);
        Assert.Contains(role, fault.Message, StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_role_without_superuser_restores_what_it_owns()
    {
        // As on managed servers: the role owns all, may create databases, and the extension is a trusted one.
        await using var managed = new SpareServer();
        await managed.InitializeAsync();
        await managed.RunAsync("echo 'trusted = true' >>/usr/share/postgresql/17/extension/vector.control");
        await PostgresServer.ExecuteAsync(
            managed.Deployment("postgres"),
            "CREATE ROLE letta LOGIN CREATEDB PASSWORD 'letta'; CREATE ROLE other LOGIN CREATEDB PASSWORD 'other'");
        await PostgresServer.ExecuteAsync(managed.Deployment("postgres"), "CREATE DATABASE letta OWNER letta");
        var deployment = managed.Deployment("letta", "letta", "letta");
        await PostgresServer.ExecuteAsync(
            deployment, "CREATE SCHEMA letta; ALTER DATABASE letta SET search_path TO letta; CREATE EXTENSION vector WITH SCHEMA letta; DROP SCHEMA public");
        await LettaSchema.CreateAsync(PostgresServer.ConnectionString(deployment), CancellationToken.None);
        await LettaSeeder.SeedAsync(PostgresServer.ConnectionString(deployment), new LettaSeedSize { Agents = 2, Messages = 50, Passages = 8 }, null, CancellationToken.None);
        using var repository = new TemporaryRepository();
        var backup = await LettaOperations.BackUpAsync(deployment, repository);
        await PostgresServer.ExecuteAsync(deployment, "TRUNCATE messages CASCADE");

        var refusal = await Assert.ThrowsAsync<LettaDrException>(
            () => LettaOperations.RestoreAsync(managed.Deployment("letta", "other", "other"), repository, backup));
        Assert.Equal("RoleNotAssumable", refusal.Id);
        Assert.Contains("letta", refusal.Message, StringComparison.Ordinal);
        // Since PostgreSQL 16 a member may be one that cannot act as the role.
        await PostgresServer.ExecuteAsync(managed.Deployment("postgres"), "GRANT letta TO other WITH SET FALSE");
        refusal = await Assert.ThrowsAsync<LettaDrException>(
            () => LettaOperations.RestoreAsync(managed.Deployment("letta", "other", "other"), repository, backup));
        Assert.Equal("RoleNotAssumable", refusal.Id);

        var result = await LettaOperations.RestoreAsync(deployment, repository, backup);

        Assert.Empty(result.Differences);
        Assert.NotNull(result.PreviousDatabase);
        Assert.Empty(await LettaOperations.CompareAsync(LettaOperations.InventoryOf(repository, backup), deployment));
        Assert.Equal("50", await PostgresServer.ValueAsync(deployment, "SELECT count(*) FROM messages"));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_server_without_pgvector_is_refused()
    {
        await using var stock = new SpareServer();
        await stock.InitializeAsync();
        await stock.RunAsync("rm /usr/share/postgresql/17/extension/vector.control");
        var fault = await AssertUntouchedAsync(request => request with { AllowOtherCluster = true }, stock.Deployment(set.Deployment.Name), stock);
        Assert.Equal("ExtensionMissing", fault.Id);
        Assert.Contains("vector", fault.Message, StringComparison.Ordinal);
        Assert.Contains("pgvector", fault.Remedy, StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_server_with_an_older_pgvector_is_refused()
    {
        await using var older = new SpareServer();
        await older.InitializeAsync();
        await older.RunAsync("sed -i \"s/default_version = .*/default_version = '0.5.1'/\" /usr/share/postgresql/17/extension/vector.control");
        var fault = await AssertUntouchedAsync(request => request with { AllowOtherCluster = true }, older.Deployment(set.Deployment.Name), older);
        Assert.Equal("ExtensionTooOld", fault.Id);
        Assert.Contains("0.5.1", fault.Message, StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_set_of_another_cluster_does_not_replace_tables_unless_told_so()
    {
        await using var other = new SpareServer();
        await other.InitializeAsync();
        var target = other.Deployment(set.Deployment.Name);
        await PostgresServer.ExecuteAsync(other.Deployment("postgres"), $"CREATE DATABASE {target.Name}");
        await PostgresServer.ExecuteAsync(target, "CREATE TABLE precious (i int)");
        var fault = await AssertUntouchedAsync(request => request, target, other);
        Assert.Equal("BackupOfOtherCluster", fault.Id);
        Assert.Contains("-AllowOtherCluster", fault.Remedy, StringComparison.Ordinal);
        Assert.Equal("1", await PostgresServer.ValueAsync(target, "SELECT count(*) FROM pg_tables WHERE tablename = 'precious'"));

        await set.RestoreAsync(request => request with { AllowOtherCluster = true }, target);
        await set.AssertRestoredAsync(target);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_lost_server_needs_no_switch_to_be_restored_to_a_new_one()
    {
        await using var replacement = new SpareServer();
        await replacement.InitializeAsync();
        var target = replacement.Deployment(set.Deployment.Name);
        await set.RestoreAsync(deployment: target);
        await set.AssertRestoredAsync(target);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_set_of_another_deployment_is_refused()
    {
        var other = await server.CreateLettaDatabaseAsync();
        var fault = await AssertUntouchedAsync(request => request, other);
        Assert.Equal("BackupOfOtherDeployment", fault.Id);
        Assert.Contains(set.Deployment.Name, fault.Message, StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_standby_is_refused()
    {
        await using var standby = new SpareServer();
        await standby.InitializeAsync();
        // A server that has found a signal file is in recovery, whatever it then waits for.
        await standby.RunAsync("touch /var/lib/postgresql/data/standby.signal && chown postgres /var/lib/postgresql/data/standby.signal");
        await standby.KillAsync();
        await standby.StartAgainAsync();
        var fault = await AssertUntouchedAsync(request => request with { AllowOtherCluster = true }, standby.Deployment(set.Deployment.Name), standby);
        Assert.Equal("TargetIsStandby", fault.Id);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_data_disk_that_is_too_small_is_refused()
    {
        await using var small = new SpareServer(diskMegabytes: 300);
        await small.InitializeAsync();
        await small.FillDiskAsync(leaveMegabytes: 8);
        var fault = await AssertUntouchedAsync(request => request, small.Deployment(set.Deployment.Name), small);
        Assert.Equal("NotEnoughDisk", fault.Id);
        Assert.Equal(FaultKind.InsufficientResources, fault.Kind);
        Assert.Contains("free", fault.Message, StringComparison.Ordinal);
    }

    private async Task<LettaDrException> AssertUntouchedAsync(
        Func<RestoreRequest, RestoreRequest> change, LettaDeployment? deployment = null, SpareServer? spare = null)
    {
        var live = deployment?.Database.UserName == "postgres" && spare is null ? deployment : set.Deployment;
        var before = await ServerState.ReadAsync(server, live, set.Inventory);
        var other = spare is null ? [] : await PostgresServer.LinesAsync(spare.Deployment("postgres"), "SELECT oid, datname FROM pg_database UNION ALL SELECT oid, rolname FROM pg_roles ORDER BY 2");
        var observer = new CollectingObserver();

        var fault = await set.RefusedAsync(change, deployment, observer);

        Assert.Empty(observer.Messages);
        Assert.Equal(before, await ServerState.ReadAsync(server, live, set.Inventory));
        if (spare is not null)
        {
            Assert.Equal(other, await PostgresServer.LinesAsync(spare.Deployment("postgres"), "SELECT oid, datname FROM pg_database UNION ALL SELECT oid, rolname FROM pg_roles ORDER BY 2"));
        }

        return fault;
    }
}
