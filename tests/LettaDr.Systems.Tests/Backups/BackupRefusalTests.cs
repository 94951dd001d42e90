using System.Net;

namespace LettaDr.Systems.Tests;

[Collection(nameof(BackupServer))]
public sealed class BackupRefusalTests(PostgresServer server) : IDisposable
{
    private readonly TemporaryRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [DockerFact(TestImages.Postgres)]
    public Task An_unknown_host() => RefusedAsync(
        "HostNotFound", FaultKind.Unreachable, "no-such-host.invalid",
        WithoutContainer(server.Deployment("letta")) with { Host = "no-such-host.invalid" });

    [DockerFact(TestImages.Postgres)]
    public Task A_host_where_nobody_listens() => RefusedAsync(
        "DatabaseUnreachable", FaultKind.Unreachable, "127.0.0.1:1",
        WithoutContainer(server.Deployment("letta")) with { Host = IPAddress.Loopback.ToString(), Port = 1 });

    [DockerFact(TestImages.Postgres)]
    public async Task A_wrong_password()
    {
        var letta = await server.UnchangedLettaDatabaseAsync();

        await RefusedAsync(
            "AuthenticationFailed", FaultKind.AuthenticationFailed, "postgres",
            server.Deployment(letta.Database.Database, password: "quite wrong").Database);
    }

    [DockerFact(TestImages.Postgres)]
    public Task No_such_database() => RefusedAsync(
        "DatabaseNotFound", FaultKind.NotFound, "nowhere", server.Deployment("nowhere").Database);

    [DockerFact(TestImages.Postgres)]
    public async Task A_role_without_rights_on_one_table()
    {
        var letta = await server.CreateDatabaseAsync();
        var role = await server.CreateRoleAsync();
        await PostgresServer.ExecuteAsync(
            letta,
            $"""
            CREATE TABLE seen AS SELECT 1 AS x; CREATE TABLE unseen AS SELECT 2 AS x;
            GRANT USAGE ON SCHEMA {letta.Database.Database} TO {role}; GRANT SELECT ON seen TO {role};
            """);

        await RefusedAsync(
            "PermissionDenied", FaultKind.PermissionDenied, "unseen", server.Deployment(letta.Database.Database, role, role).Database);
    }

    [DockerTheory(TestImages.Postgres)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_role_from_which_row_security_hides_rows(bool portable)
    {
        var letta = await server.CreateDatabaseAsync();
        var role = await server.CreateRoleAsync();
        await PostgresServer.ExecuteAsync(
            letta,
            $"""
            CREATE TABLE theirs AS SELECT i AS x FROM generate_series(1, 9) AS i; ALTER TABLE theirs ENABLE ROW LEVEL SECURITY;
            CREATE POLICY high ON theirs USING (x > 5);
            GRANT USAGE ON SCHEMA {letta.Database.Database} TO {role}; GRANT SELECT ON theirs TO {role};
            """);

        await RefusedAsync(
            "RowSecurityHidesRows", FaultKind.PermissionDenied, "theirs",
            server.Deployment(letta.Database.Database, role, role).Database, request => request with { Portable = portable });
    }

    [DockerFact(TestImages.Postgres)]
    public async Task An_owner_without_superuser_is_not_refused()
    {
        var letta = await server.CreateDatabaseAsync();
        var role = await server.CreateRoleAsync();
        await PostgresServer.ExecuteAsync(
            letta,
            $"""
            ALTER DATABASE {letta.Database.Database} OWNER TO {role}; ALTER SCHEMA {letta.Database.Database} OWNER TO {role};
            SET ROLE {role}; CREATE TABLE mine AS SELECT i AS x FROM generate_series(1, 9) AS i;
            """);

        var backup = await LettaOperations.BackUpAsync(server.Deployment(letta.Database.Database, role, role), _repository);

        Assert.Equal((BackupState.Complete, 9), (backup.State, backup.Rows));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_pg_dump_older_than_the_server()
    {
        using var programs = new TemporaryFolder();
        var old = programs.Write("pg_dump", "#!/bin/sh\necho 'pg_dump (PostgreSQL) 12.3 (Debian 12.3-1)'\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(old, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        await ChildIsRefusedAsync("ProgramTooOld", "of PostgreSQL 12, older than the server's 17", programs.Path);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task No_pg_dump_at_all()
    {
        using var programs = new TemporaryFolder();

        await ChildIsRefusedAsync("ProgramNotFound", "pg_dump is not on this machine", programs.Path);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task No_Docker_engine_where_the_database_is_in_a_container()
    {
        using var nowhere = new TemporaryFolder();
        var letta = await server.UnchangedLettaDatabaseAsync();
        var socket = Path.Combine(nowhere.Path, "docker.sock");

        using var child = ChildProcess.BackUp(
            letta, _repository, environment: new Dictionary<string, string?> { ["DOCKER_HOST"] = "unix://" + socket });
        var output = await child.EndAsync();

        Assert.Contains("FAULT DockerNotReachable ", output, StringComparison.Ordinal);
        Assert.Contains(socket, output, StringComparison.Ordinal);
        AssertUntouched();
    }

    private async Task ChildIsRefusedAsync(string id, string message, string path)
    {
        var letta = await server.UnchangedLettaDatabaseAsync();
        Assert.False(File.Exists("/usr/lib/postgresql/17/bin/pg_dump"), "this machine has a pg_dump of the server's version where Debian keeps it");
        using var child = ChildProcess.BackUp(
            letta with { Database = WithoutContainer(letta) }, _repository, environment: new Dictionary<string, string?> { ["PATH"] = path });

        var output = await child.EndAsync();

        Assert.Contains("FAULT " + id + " ", output, StringComparison.Ordinal);
        Assert.Contains(message, output, StringComparison.Ordinal);
        AssertUntouched();
    }

    private async Task RefusedAsync(
        string id, FaultKind kind, string named, DatabaseEndpoint endpoint, Func<BackupRequest, BackupRequest>? change = null)
    {
        var letta = new LettaDeployment { Name = "refused", Database = endpoint };

        var failure = await Assert.ThrowsAsync<LettaDrException>(() => LettaOperations.BackUpAsync(letta, _repository, change));

        Assert.Equal((id, kind), (failure.Id, failure.Kind));
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
        Assert.NotEmpty(failure.Remedy);
        Assert.DoesNotContain(endpoint.Password!.Reveal() + ".", failure.ToString(), StringComparison.Ordinal);
        AssertUntouched();
    }

    /// <summary>No set, nor part of one; what may be there is the record of the attempt.</summary>
    private void AssertUntouched()
    {
        Assert.Empty(_repository.SetFiles());
        Assert.Empty(_repository.Catalog.List(null, includeIncomplete: true));
        Assert.All(
            Directory.EnumerateFiles(_repository.Path, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(_repository.Path, path)),
            path => Assert.True(path.Split('/') is [_, "lock"] or [_, "operations", _], path));
    }

    private static DatabaseEndpoint WithoutContainer(LettaDeployment deployment) => deployment.Database with { Container = null };
}
