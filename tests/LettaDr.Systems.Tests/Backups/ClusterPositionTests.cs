using System.Buffers.Binary;
using System.Globalization;
using Xunit.Abstractions;

namespace LettaDr.Systems.Tests;

/// <summary>The position that a physical set calls its snapshot's, while others commit at full speed.</summary>
[Collection(nameof(ClusterBackupServer))]
public sealed class ClusterPositionTests(ClusterServer server, ITestOutputHelper output) : IDisposable
{
    private const int Snapshots = 6;

    private readonly TemporaryRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [DockerTheory(TestImages.Postgres)]
    [InlineData("on", false)]
    [InlineData("off", false)]
    [InlineData("on", true)]
    public async Task What_is_committed_in_the_log_before_the_position_is_what_the_snapshot_sees(string synchronousCommit, bool inTwoPhases)
    {
        var letta = await server.CreateDatabaseAsync();
        await using var writer = await HardWriter.StartAsync(letta, 8, synchronousCommit, inTwoPhases);
        using var database = await DeploymentDatabase.OpenAsync(letta, OperationId.Next(), CancellationToken.None);
        await using var cluster = database.OpenCluster();
        var state = await cluster.BeginAsync(BaseBackupType.Full, CancellationToken.None);
        var attempts = 0;
        for (var number = 0; number < Snapshots; number++)
        {
            var start = Lsn.Parse(await PostgresServer.ValueAsync(letta, "SELECT pg_current_wal_lsn()"));
            await CommitsFollowAsync();

            var snapshot = await cluster.SnapshotAsync(state.Timeline, start, CancellationToken.None);

            await using var source = snapshot.Source;
            Assert.True(snapshot.Position > start && snapshot.Through > snapshot.Position);
            var table = snapshot.Inventory.Tables.Single(table => table.Name == "marks");
            var part = new TablePart(table with { Route = TableRoute.BinaryCopy }, null, null, table.Bytes);
            using var rows = new MemoryStream();
            await source.ReadRowsAsync(part, rows, _ => { }, CancellationToken.None);
            var seen = CopyBytes.Rows(rows.ToArray()).Select(row => (uint)BinaryPrimitives.ReadUInt64BigEndian(row.Fields[1])).ToHashSet();
            await CommitsFollowAsync();
            var all = (await PostgresServer.LinesAsync(letta, "SELECT transaction FROM marks")).Select(text => uint.Parse(text, CultureInfo.InvariantCulture)).ToHashSet();
            var end = Lsn.Parse(await PostgresServer.ValueAsync(letta, "SELECT pg_current_wal_flush_lsn()"));
            var commits = (await CommitsAsync(start, end)).Where(commit => all.Contains(commit.Transaction)).ToList();
            Assert.All(commits, commit => Assert.Equal(commit.At < snapshot.Position, seen.Contains(commit.Transaction)));
            Assert.Contains(commits, commit => commit.At < snapshot.Position);
            Assert.Contains(commits, commit => commit.At >= snapshot.Position);
            attempts += snapshot.Attempts;
        }

        output.WriteLine($"{Snapshots} snapshots in {attempts} attempts, {writer.Committed} commits");

        Task CommitsFollowAsync()
        {
            var before = writer.Committed;
            return Eventually.TrueAsync(() => writer.Committed > before + 100);
        }
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_set_made_under_a_hard_writer_is_recovered_to_just_its_snapshot()
    {
        var letta = await server.CreateLettaDatabaseAsync();
        Backup backup;
        await using (var writer = await HardWriter.StartAsync(letta, 8))
        {
            backup = await LettaOperations.CopyClusterAsync(letta, _repository);
        }

        await using var recovered = await RecoveredCluster.AtSnapshotAsync(backup);
        Assert.Empty(await recovered.CompareAsync(_repository, backup));
    }

    /// <summary>The commits that pg_waldump finds.</summary>
    private async Task<IEnumerable<(uint Transaction, Lsn At)>> CommitsAsync(Lsn start, Lsn end)
    {
        var lines = await server.ShellAsync($"pg_waldump -p \"$PGDATA/pg_wal\" --rmgr=Transaction -s {start} -e {end} | grep ' COMMIT'");
        return lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (
            uint.Parse(
                line.Contains("COMMIT_PREPARED ", StringComparison.Ordinal) ? line.Split("COMMIT_PREPARED ")[1].Split(':')[0] : line.Split("tx:")[1].Split(',')[0],
                CultureInfo.InvariantCulture),
            Lsn.Parse(line.Split("lsn: ")[1].Split(',')[0])));
    }
}
