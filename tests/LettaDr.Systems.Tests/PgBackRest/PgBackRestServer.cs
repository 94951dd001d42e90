namespace LettaDr.Systems.Tests;

/// <summary>A PostgreSQL server whose operator has set pgBackRest up: a configuration, a repository on a volume, a stanza.</summary>
public sealed class PgBackRestServer : PostgresServer
{
    internal const string Stanza = "main";

    private const string Configuration = """
        [global]
        repo1-path=/var/lib/pgbackrest
        repo1-retention-full=9
        repo1-cipher-type=aes-256-cbc
        repo1-cipher-pass=never-to-be-shown
        process-max=2
        archive-timeout=15
        job-retry=0
        log-level-file=off

        [main]
        pg1-path=/var/lib/postgresql/data
        """;

    protected override IReadOnlyList<string> Settings => [.. base.Settings, "archive_mode=on"];

    private protected override DockerRunRequest Request => base.Request with
    {
        Image = TestImages.PgBackRest,
        Volumes = [new ContainerVolume("volume", string.Empty, "/var/lib/pgbackrest", false)],
    };

    /// <summary>The stanza's program, as the operations run it.</summary>
    internal async Task<T> UseAsync<T>(Func<PgBackRestProgram, Task<T>> use)
    {
        using var place = await PgBackRestPlace.OpenAsync(Deployment("postgres").Database, CancellationToken.None);
        return await use(new PgBackRestProgram(place.Host));
    }

    /// <summary>Backs the cluster up as the cmdlet does.</summary>
    internal static async Task<Backup> BackUpAsync(
        LettaDeployment deployment, TemporaryRepository repository, PgBackRestBackupType type = PgBackRestBackupType.Full, IOperationObserver? observer = null)
    {
        using var backup = await StanzaBackup.OpenAsync(
            repository.Directory, new BackupRequest { Deployment = deployment }, new PgBackRestRequest(Stanza, type, null), observer ?? NoObserver.Instance, CancellationToken.None);
        return await backup.RunAsync(repository.Journals, CancellationToken.None);
    }

    /// <summary>Runs pgBackRest as its operator does.</summary>
    internal Task<string> PgBackRestAsync(string arguments) =>
        ShellAsync($"setpriv --reuid=postgres --regid=postgres --init-groups pgbackrest {arguments}");

    /// <summary>Has the server archive by another command.</summary>
    internal async Task ArchiveByAsync(string command)
    {
        await ExecuteAsync(Deployment("postgres"), $"ALTER SYSTEM SET archive_command = '{command}'");
        await ExecuteAsync(Deployment("postgres"), "SELECT pg_reload_conf()");
    }

    /// <summary>Has the server archive into the stanza.</summary>
    internal Task ArchiveAsync() => ArchiveByAsync($"pgbackrest --stanza={Stanza} archive-push %p");

    protected override async Task StartAsync()
    {
        await base.StartAsync();
        await ShellAsync($"cat > /etc/pgbackrest/pgbackrest.conf <<'END'\n{Configuration}\nEND");
        await PgBackRestAsync($"--stanza={Stanza} stanza-create");
        await ArchiveAsync();
    }
}
