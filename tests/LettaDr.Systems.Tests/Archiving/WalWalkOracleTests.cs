using System.Globalization;
using System.Text.RegularExpressions;

namespace LettaDr.Systems.Tests;

[CollectionDefinition(nameof(WalWalkOracleTests))]
public sealed class WalWalkOracleCollection : ICollectionFixture<PostgresServer>;

/// <summary>The log of a real server, as we read it and as pg_waldump does.</summary>
[Collection(nameof(WalWalkOracleTests))]
public sealed partial class WalWalkOracleTests(PostgresServer server)
{
    private const string Work = """
        CREATE TABLE log_rows (id bigint PRIMARY KEY, body text);
        INSERT INTO log_rows SELECT n, repeat(md5(n::text), 300) FROM generate_series(1, 2000) n;
        BEGIN; SAVEPOINT a; DELETE FROM log_rows WHERE id < 10; ROLLBACK TO a; UPDATE log_rows SET body = '' WHERE id = 11; COMMIT;
        BEGIN; INSERT INTO log_rows VALUES (-1, 'gone'); ROLLBACK;
        SELECT pg_create_restore_point('before the upgrade');
        SELECT pg_logical_emit_message(true, 'lettadr', 'heartbeat 1');
        SELECT pg_switch_wal();
        UPDATE log_rows SET body = body || 'x' WHERE id % 3 = 0;
        CREATE INDEX ON log_rows (md5(body));
        SELECT lo_from_bytea(0, decode(repeat('00ff', 700000), 'hex'));
        DROP TABLE log_rows;
        SELECT pg_logical_emit_message(true, 'lettadr', 'heartbeat 2');
        """;

    [DockerFact(TestImages.Postgres)]
    public async Task EveryRecordIsReadAsPgWaldumpReadsIt()
    {
        var deployment = await server.CreateDatabaseAsync();
        var start = Lsn.Parse(await PostgresServer.ValueAsync(deployment, "SELECT pg_current_wal_insert_lsn()"));
        await server.ShellAsync($"psql -qXU postgres -d {deployment.Database.Database} -v ON_ERROR_STOP=1 > /dev/null <<'E'\n{Work}\nE");
        using var repository = new TemporaryRepository();
        var archive = await ArchiveAsync(repository, deployment);

        var walk = new WalWalk(archive, WalChain.Newest(archive), start);
        var events = walk.Events(CancellationToken.None).ToList();

        var end = walk.End!;
        var dump = await server.ShellAsync($"cd /tmp/log && TZ=UTC pg_waldump -p . -s {start} -e {end.Position}");
        var records = DumpLine().Matches(dump);
        Assert.Equal(WalEndReason.EndOfArchive, end.Reason);
        Assert.True(walk.Records > 5000, $"{walk.Records} records");
        Assert.Equal(records.Count, walk.Records);
        Assert.Equal(
            records.Where(record => record.Groups["what"].Value.StartsWith("COMMIT", StringComparison.Ordinal)).Select(record =>
                (Lsn.Parse(record.Groups["lsn"].Value), uint.Parse(record.Groups["tx"].Value, CultureInfo.InvariantCulture), Time(record.Groups["what"].Value["COMMIT ".Length..]))),
            events.Where(found => found.Kind == WalEventKind.Commit).Select(found => (found.Start, found.TransactionId, found.Time)));
        Assert.Equal(["before the upgrade"], events.Where(found => found.Kind == WalEventKind.RestorePoint).Select(found => found.Text));
        Assert.Equal(["lettadr: heartbeat 1", "lettadr: heartbeat 2"], events.Where(found => found.Kind == WalEventKind.Message).Select(found => found.Text));
        Assert.Contains(events, found => found.Kind == WalEventKind.Abort);
        Assert.Contains(events, found => found.Kind == WalEventKind.Switch);
        Assert.True(DateTimeOffset.UtcNow - end.LastCommitTime < TimeSpan.FromMinutes(2), $"{end.LastCommitTime}");
    }

    /// <summary>The server's segments as the receiver leaves them: all but the last compressed.</summary>
    private async Task<DirectoryWalArchive> ArchiveAsync(TemporaryRepository repository, LettaDeployment deployment)
    {
        var system = await PostgresServer.ValueAsync(deployment, "SELECT system_identifier::text FROM pg_control_system()");
        var folder = WalArchiveFolder.Of(repository.Directory, deployment.Name, system);
        Directory.CreateDirectory(folder);
        var names = (await server.ShellAsync("""
            rm -rf /tmp/log; mkdir /tmp/log; cd /var/lib/postgresql/data/pg_wal
            last=$(psql -AtXU postgres -c 'SELECT pg_walfile_name(pg_current_wal_lsn())')
            for name in ????????????????????????; do [ "$name" \> "$last" ] || cp "$name" /tmp/log; done
            mkdir /tmp/log/out; cd /tmp/log
            for name in ????????????????????????; do if [ $name = $last ]; then cp $name out/$name.partial; else zstd -q -1 -o out/$name.zst $name; fi; done
            ls out
            """)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in names)
        {
            var target = name.EndsWith(".partial", StringComparison.Ordinal) ? Path.Combine(folder, WalArchiveFolder.Receiving, "00000001", name) : Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await using var file = File.Create(target);
            var copied = await server.Docker.ExecAsync(server.Container.Id!, ["cat", "/tmp/log/out/" + name], null, null, file, null, CancellationToken.None);
            Assert.Equal(0, copied.ExitCode);
        }

        return DirectoryWalArchive.Open(repository.Directory, deployment.Name)!;
    }

    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.ParseExact(text.Split(" UTC")[0], "yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    [GeneratedRegex(@"^rmgr: \S+ +len .*?tx: +(?<tx>\d+), lsn: (?<lsn>[0-9A-F/]+), .*?desc: (?<what>.*)$", RegexOptions.Multiline)]
    private static partial Regex DumpLine();
}
