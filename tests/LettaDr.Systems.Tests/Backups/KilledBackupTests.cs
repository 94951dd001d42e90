namespace LettaDr.Systems.Tests;

[Collection(nameof(BackupServer))]
public sealed class KilledBackupTests(PostgresServer server) : IDisposable
{
    private readonly TemporaryRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [DockerFact(TestImages.Postgres)]
    public async Task Nothing_is_left_of_a_process_killed_in_mid_backup_once_the_next_run_has_begun()
    {
        var letta = await server.CreateDatabaseAsync();
        await HeavyTable.CreateAsync(letta);
        // Row security sends this one through pg_dump; it does not compress, so pg_dump cannot end before anybody reads on.
        await PostgresServer.ExecuteAsync(
            letta,
            """
            CREATE TABLE noise AS SELECT sha512((random() + i)::text::bytea) AS bytes FROM generate_series(1, 500000) AS i;
            ALTER TABLE noise ENABLE ROW LEVEL SECURITY;
            """);
        using (var child = ChildProcess.BackUp(letta, _repository, stopInTheMiddle: true))
        {
            await child.StandsStillAsync();
            await Eventually.TrueAsync(async () => (await SessionsAsync(letta)).Contains("COPY \"", StringComparison.Ordinal));
            Assert.Contains("COPY (SELECT", await SessionsAsync(letta), StringComparison.Ordinal);
            Assert.NotEmpty(_repository.SetFiles());
            child.Kill();
        }

        Assert.Empty(_repository.Catalog.List(letta.Name, includeIncomplete: false));
        var dead = Assert.Single(_repository.Catalog.List(letta.Name, includeIncomplete: true));
        Assert.Equal((BackupState.Incomplete, true), (dead.State, dead.Problem is not null));

        var observer = new CollectingObserver();
        var backup = await LettaOperations.BackUpAsync(letta, _repository, null, observer);

        Assert.Contains(observer.Warnings, warning => warning.Contains(dead.Id, StringComparison.Ordinal));
        Assert.Equal(backup.Id, Assert.Single(_repository.Catalog.List(letta.Name, includeIncomplete: true)).Id);
        Assert.All(_repository.SetFiles(), path => Assert.Contains(backup.Id, path, StringComparison.Ordinal));
        await Eventually.EmptyAsync(() => SessionsAsync(letta));
        await PostgresServer.ExecuteAsync(letta, "SET lock_timeout = '2s'; TRUNCATE heavy, noise");
        await Eventually.EmptyAsync(() => server.ShellAsync("grep -al '[p]g_dump' /proc/[0-9]*/cmdline 2>/dev/null || true"));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_backup_that_is_stopped_leaves_neither_files_nor_sessions()
    {
        var letta = await server.CreateDatabaseAsync();
        await HeavyTable.CreateAsync(letta);
        using var stop = new CancellationTokenSource();
        var observer = new CollectingObserver
        {
            OnProgress = progress =>
            {
                if (progress is { Status: "Copying schema and rows", BytesDone: > 0 })
                {
                    stop.Cancel();
                }
            },
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => LettaOperations.BackUpAsync(letta, _repository, null, observer, stop.Token));

        Assert.Empty(_repository.SetFiles());
        Assert.Empty(_repository.Catalog.List(null, includeIncomplete: true));
        await Eventually.EmptyAsync(() => SessionsAsync(letta));
    }

    private static async Task<string> SessionsAsync(LettaDeployment letta) => string.Join('\n', await PostgresServer.LinesAsync(
        letta,
        "SELECT application_name, state, query FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'LettaDr %'"));
}
