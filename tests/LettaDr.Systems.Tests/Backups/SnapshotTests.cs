using System.Globalization;

namespace LettaDr.Systems.Tests;

[Collection(nameof(BackupServer))]
public sealed class SnapshotTests(PostgresServer server) : IDisposable
{
    private const string Copying = "Copying schema and rows";

    private readonly TemporaryRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [DockerFact(TestImages.Postgres)]
    public async Task A_set_made_while_somebody_writes_is_one_snapshot_exactly()
    {
        var letta = await server.CreateDatabaseAsync();
        await LedgerWriter.CreateTablesAsync(letta);
        var twin = await server.CreateDatabaseAsync();
        await LedgerWriter.CreateTablesAsync(twin);
        using var stop = new CancellationTokenSource();
        var writer = new LedgerWriter(letta);
        var writing = Task.Run(() => writer.RunAsync(1, long.MaxValue, stop.Token));
        await Eventually.TrueAsync(() => writer.Committed > 20);
        var atStart = writer.Committed;
        var atCopying = 0L;
        var observer = new CollectingObserver
        {
            OnProgress = progress =>
            {
                if (progress.Status == Copying && atCopying == 0)
                {
                    // Nothing is copied before the writer has gone on for a while after the snapshot.
                    var snapshotAtMost = writer.Committed;
                    Assert.True(SpinWait.SpinUntil(() => writer.Committed > snapshotAtMost + 20, TimeSpan.FromMinutes(3)));
                    atCopying = writer.Committed;
                }
            },
        };

        var backup = await LettaOperations.BackUpAsync(letta, _repository, null, observer);
        var atEnd = writer.Committed;
        await stop.CancelAsync();
        await writing;

        var inventory = LettaOperations.InventoryOf(_repository, backup);
        var restored = server.Deployment(PostgresServer.NewName());
        await LettaOperations.RestoreAsync(
            letta, _repository, backup, request => request with { TargetDatabase = restored.Database.Database });
        await PostgresServer.ExecuteAsync(restored, $"SET search_path = {letta.Database.Database}");
        var schema = letta.Database.Database;
        var number = long.Parse(await PostgresServer.ValueAsync(restored, $"SELECT last FROM {schema}.progress"), CultureInfo.InvariantCulture);
        Assert.InRange(number, atStart, atCopying - 20);
        Assert.True(atEnd > atCopying, "the writer stood still while the rows were copied");
        Assert.Equal(
            "0", await PostgresServer.ValueAsync(
                restored, $"SELECT (SELECT sum(amount) FROM {schema}.heavy) + (SELECT sum(amount) FROM {schema}.light)"));

        await new LedgerWriter(twin).RunAsync(1, number, CancellationToken.None);
        var expected = await LettaOperations.FingerprintAsync(inventory, twin);
        Assert.Equal(
            expected.Tables.Select(table => (table.Name, table.Fingerprint)).Order(),
            inventory.Tables.Select(table => (table.Name, table.Fingerprint)).Order());
        Assert.Contains(inventory.Tables, table => table.Name == "heavy" && table.Files.Count > 1);
        Assert.Contains(inventory.Tables, table => table is { Name: "light", Route: TableRoute.Archive });
    }

    [DockerTheory(TestImages.Postgres)]
    [InlineData("TRUNCATE heavy, other", 1)]
    [InlineData("TRUNCATE other", 2)]
    [InlineData("ALTER TABLE other ALTER id TYPE numeric", 2)]
    [InlineData("DROP TABLE other", 4)]
    public async Task What_would_take_rows_away_waits_and_the_backup_does_not_wait_for_it(string statement, int jobs)
    {
        var letta = await server.CreateDatabaseAsync();
        await HeavyTable.CreateAsync(letta);
        await HeavyTable.CreateAsync(letta, "other");
        var attempt = Task.CompletedTask;
        var started = 0;
        var observer = new CollectingObserver
        {
            OnProgress = progress =>
            {
                if (progress is { Status: Copying, BytesDone: > 0 } && Interlocked.Exchange(ref started, 1) == 0)
                {
                    // pg_dump takes its locks in its first moments; from then on nothing of the backup may have to ask for one.
                    Eventually.TrueAsync(() => HasDumpItsLocksAsync(letta)).GetAwaiter().GetResult();
                    attempt = Task.Run(() => PostgresServer.ExecuteAsync(letta, statement));
                    Eventually.TrueAsync(() => IsWaitingAsync(letta, statement)).GetAwaiter().GetResult();
                }
            },
        };

        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var backup = await LettaOperations.BackUpAsync(letta, _repository, request => request with { Jobs = jobs }, observer, limit.Token);

        Assert.All(
            LettaOperations.InventoryOf(_repository, backup).Tables,
            table => Assert.Equal(HeavyTable.Rows, table.Fingerprint!.Value.Rows));
        Assert.Equal(1, started);
        await attempt;
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Tables_made_or_changed_without_losing_rows_meanwhile_disturb_nothing()
    {
        var letta = await server.CreateLettaDatabaseAsync();
        var before = int.Parse(await PostgresServer.ValueAsync(letta, "SELECT count(*) FROM messages"), CultureInfo.InvariantCulture);
        using var stop = new CancellationTokenSource();
        var made = 0;
        var making = Task.Run(async () =>
        {
            for (; !stop.IsCancellationRequested; made++)
            {
                await PostgresServer.ExecuteAsync(
                    letta, $"CREATE TABLE made_{made} AS SELECT 1 AS x; CREATE INDEX ON made_{made} (x); DELETE FROM messages WHERE id = 'none'");
            }
        });
        await Eventually.TrueAsync(() => made > 3);

        var backup = await LettaOperations.BackUpAsync(letta, _repository);
        await stop.CancelAsync();
        await making;

        var tables = LettaOperations.InventoryOf(_repository, backup).Tables;
        Assert.Equal(before, tables.Single(table => table.Name == "messages").Fingerprint!.Value.Rows);
        var inSet = tables.Where(table => table.Name.StartsWith("made_", StringComparison.Ordinal)).ToList();
        Assert.InRange(inSet.Count, 3, made);
        Assert.All(inSet, table => Assert.Equal(1, table.Fingerprint!.Value.Rows));
    }

    private async Task<bool> HasDumpItsLocksAsync(LettaDeployment letta) =>
        _repository.SetFiles().Any(path => path.EndsWith(DatabasePart.ArchiveFileName, StringComparison.Ordinal)
            && new FileInfo(Path.Combine(_repository.Path, path)).Length > 0)
        || await PostgresServer.ValueAsync(
            letta,
            """
            SELECT count(*) FROM pg_locks AS l JOIN pg_stat_activity AS a USING (pid)
            WHERE l.relation = 'other'::regclass AND l.granted AND a.application_name LIKE 'LettaDr %' AND a.client_addr = '127.0.0.1'
            """) != "0";

    private static async Task<bool> IsWaitingAsync(LettaDeployment letta, string statement) => await PostgresServer.ValueAsync(
        letta,
        $"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query = '{statement}'") == "1";
}
