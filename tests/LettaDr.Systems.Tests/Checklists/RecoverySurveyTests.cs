namespace LettaDr.Systems.Tests;

/// <summary>The recovery point of a real server's database, by what was received of its log.</summary>
[Collection(nameof(ClusterBackupServer))]
public sealed class RecoverySurveyTests(ClusterServer server) : IDisposable
{
    private readonly TemporaryRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [DockerFact(TestImages.Postgres)]
    public async Task The_point_is_the_last_commit_received_and_not_what_the_server_has()
    {
        var letta = await server.CreateLettaDatabaseAsync();
        var set = await LettaOperations.CopyClusterAsync(letta, _repository);
        var taken = set.Manifest!.Cluster!.SnapshotTime;
        Assert.True((await MeasureAsync(letta)).Evidence.Contains(set.Id, StringComparison.Ordinal));
        var first = await CommitAsync(letta);
        await PostgresServer.ExecuteAsync(letta, "SELECT pg_switch_wal()");
        await PostgresServer.ExecuteAsync(letta, "CREATE TABLE filling AS SELECT repeat('x', 1000) AS x FROM generate_series(1, 20000)");
        await PostgresServer.ExecuteAsync(letta, "SELECT pg_switch_wal()");
        var before = DateTimeOffset.UtcNow;
        var last = await CommitAsync(letta);
        var segments = await ReceiveAsync(letta, set);

        // What the server commits from here on is received by nobody.
        await Task.Delay(TimeSpan.FromSeconds(2));
        await CommitAsync(letta);
        var point = await PointAsync(letta);

        Assert.InRange(point.Archive!.Time, before.AddMilliseconds(-1), last);
        var row = await MeasureAsync(letta);
        Assert.Equal((Outcome.Passed, point.Archive.Basis), (row.Outcome, row.Evidence));
        Assert.True(row.Actual >= TimeSpan.FromSeconds(1.5), $"{row.Actual}");

        // A hole ends what can be recovered, however much comes after it.
        File.Delete(segments[1]);
        Assert.InRange((await PointAsync(letta)).Archive!.Time, taken, first);
        File.Delete(segments[0]);
        var without = await PointAsync(letta);
        Assert.Null(without.Archive);
        Assert.Contains("lacks " + Path.GetFileName(segments[0]), without.ArchiveProblem, StringComparison.Ordinal);

        // Nothing is replayed on nothing.
        Directory.Delete(set.Path, recursive: true);
        Assert.Contains("without a physical copy", (await PointAsync(letta)).ArchiveProblem, StringComparison.Ordinal);
        Assert.Equal(Outcome.Failed, (await MeasureAsync(letta)).Outcome);
    }

    private static async Task<DateTimeOffset> CommitAsync(LettaDeployment letta)
    {
        await PostgresServer.ExecuteAsync(letta, "SELECT pg_logical_emit_message(true, 'lettadr', 'heartbeat')");
        return DateTimeOffset.UtcNow;
    }

    private Task<RecoveryEvidence> PointAsync(LettaDeployment letta) =>
        new RecoverySurvey(_repository.Directory, _repository.Journals, new CollectingObserver()).ReadAsync(letta, CancellationToken.None);

    private async Task<RecoveryObjective> MeasureAsync(LettaDeployment letta) => RecoveryObjectives.Measure(await PointAsync(letta), new RecoveryTargets())
        .Single(row => row is { Kind: RecoveryObjectiveKind.RPO, Component: RecoveryComponent.Database });

    /// <summary>The log since a set, as a receiver leaves it: whole segments, and a partial one.</summary>
    private async Task<IReadOnlyList<string>> ReceiveAsync(LettaDeployment letta, Backup set)
    {
        var cluster = set.Manifest!.Cluster!;
        var folder = WalArchiveFolder.Of(_repository.Directory, letta.Name, cluster.SystemIdentifier);
        var receiving = Path.Combine(folder, WalArchiveFolder.Receiving, $"{cluster.Timeline:X8}");
        Directory.CreateDirectory(receiving);
        var current = await PostgresServer.ValueAsync(letta, "SELECT pg_walfile_name(pg_current_wal_lsn())");
        var start = WalSegment.At(cluster.Timeline, cluster.SnapshotLsn, cluster.WalSegmentSize).Name;
        var names = (await server.ShellAsync("cd \"$PGDATA/pg_wal\" && ls | grep -E '^[0-9A-F]{24}$'")).Split('\n')
            .Where(name => string.CompareOrdinal(name, start) >= 0 && string.CompareOrdinal(name, current) <= 0).Order(StringComparer.Ordinal).ToList();
        Assert.True(names.Count >= 3, string.Join(", ", names));
        var paths = names.ConvertAll(name => name == current ? Path.Combine(receiving, name + ".partial") : Path.Combine(folder, name));
        foreach (var (name, path) in names.Zip(paths))
        {
            await using var file = File.Create(path);
            var copied = await server.Docker.ExecAsync(
                server.Container.Id!, ["cat", $"/var/lib/postgresql/data/pg_wal/{name}"], null, null, file, "root", CancellationToken.None);
            Assert.Equal(0, copied.ExitCode);
        }

        return paths;
    }
}
