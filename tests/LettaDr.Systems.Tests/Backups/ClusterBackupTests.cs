namespace LettaDr.Systems.Tests;

[Collection(nameof(ClusterBackupServer))]
public sealed class ClusterBackupTests(ClusterServer server) : IDisposable
{
    private readonly TemporaryRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [DockerFact(TestImages.Postgres)]
    public async Task A_physical_set_is_recovered_by_its_RESTORE_txt_to_just_what_it_says()
    {
        var letta = await server.CreateLettaDatabaseAsync();
        await PostgresServer.ExecuteAsync(letta, "CREATE UNLOGGED TABLE fleeting AS SELECT 1 AS number");
        var observer = new CollectingObserver();

        var backup = await LettaOperations.CopyClusterAsync(letta, _repository, null, observer);

        var part = backup.Manifest!.Cluster!;
        Assert.Equal((BaseBackupType.Full, BackupParts.Cluster, "base", letta.Database.Database), (part.Type, backup.Parts, backup.Kind, part.Database));
        Assert.True(part.StartLsn < part.EndLsn && part.EndLsn <= part.SnapshotLsn);
        Assert.Contains(observer.Warnings, warning => warning.Contains("fleeting", StringComparison.Ordinal));
        await using var recovered = await RecoveredCluster.AtSnapshotAsync(backup);
        Assert.Empty(await recovered.CompareAsync(_repository, backup));
        Assert.Equal("0", await PostgresServer.ValueAsync(letta, "SELECT count(*) FROM pg_replication_slots"));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_chain_of_incremental_sets_is_recovered_together_and_each_is_small()
    {
        var letta = await server.CreateDatabaseAsync();
        await HeavyTable.CreateAsync(letta);
        var full = await LettaOperations.CopyClusterAsync(letta, _repository);
        await PostgresServer.ExecuteAsync(letta, "UPDATE heavy SET amount = amount + 1 WHERE id <= 100");
        var first = await LettaOperations.CopyClusterAsync(letta, _repository, Incremental);
        await PostgresServer.ExecuteAsync(letta, "DELETE FROM heavy WHERE id BETWEEN 200 AND 300; CREATE TABLE later AS SELECT 1 AS one");

        var second = await LettaOperations.CopyClusterAsync(letta, _repository, Incremental);

        Assert.Equal((null, full.Id, first.Id), (full.ParentId, first.ParentId, second.ParentId));
        Assert.Equal("incremental", second.Kind);
        Assert.True(SizeOfFiles(second) * 5 < SizeOfFiles(full), $"{SizeOfFiles(second)} of {SizeOfFiles(full)}");
        await using var recovered = await RecoveredCluster.AtSnapshotAsync(full, first, second);
        Assert.Empty(await recovered.CompareAsync(_repository, second));
        await recovered.ShellAsync("test \"$(psql -d $DB -Atc \"SELECT one FROM $DB.later\")\" = 1", new Dictionary<string, string> { ["DB"] = letta.Database.Database });

        var side = await LettaOperations.CopyClusterAsync(letta, _repository, request => Incremental(request) with { Parent = full });
        Assert.Equal(full.Id, side.ParentId);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_tablespace_is_copied_and_recovered_too()
    {
        var letta = await server.CreateDatabaseAsync();
        var name = PostgresServer.NewName("space");
        await server.ShellAsync($"install -d -o postgres -m 0700 /var/lib/postgresql/{name}");
        await PostgresServer.ExecuteAsync(letta, $"CREATE TABLESPACE {name} LOCATION '/var/lib/postgresql/{name}'");
        try
        {
            await PostgresServer.ExecuteAsync(letta, $"CREATE TABLE elsewhere TABLESPACE {name} AS SELECT i FROM generate_series(1, 10000) AS i");

            var backup = await LettaOperations.CopyClusterAsync(letta, _repository);

            Assert.Equal(2, backup.Manifest!.Files.Count(file => file.Name.EndsWith(".tar.zst", StringComparison.Ordinal)));
            Assert.Empty(await server.ShellAsync("ls /tmp | grep lettadr || true"));
            Assert.Equal(Outcome.Passed, ClusterVerificationTests.Verify(_repository, backup).Outcome);
            await using var recovered = await RecoveredCluster.AtSnapshotAsync(backup);
            Assert.Empty(await recovered.CompareAsync(_repository, backup));
            Assert.Contains("identical", await new ClusterProving(_repository.Directory, new CollectingObserver(), 2, null).ProveAsync(backup, CancellationToken.None), StringComparison.Ordinal);
            var refusal = await Assert.ThrowsAsync<LettaDrException>(() => LettaOperations.CopyClusterAsync(letta, _repository, Incremental));
            Assert.Equal("TablespacesNotIncremental", refusal.Id);
        }
        finally
        {
            await PostgresServer.ExecuteAsync(letta, "DROP TABLE IF EXISTS elsewhere");
            await PostgresServer.ExecuteAsync(letta, $"DROP TABLESPACE {name}");
        }
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Nothing_is_left_of_a_process_killed_in_mid_copy_once_the_next_run_has_begun()
    {
        var letta = await server.CreateDatabaseAsync();
        await HeavyTable.CreateAsync(letta);
        await PostgresServer.ExecuteAsync(letta, "CREATE TABLE noise AS SELECT sha512((random() + i)::text::bytea) AS bytes FROM generate_series(1, 500000) AS i");
        string owner;
        using (var child = ChildProcess.BackUp(letta, _repository, stopInTheMiddle: true, physical: true))
        {
            await child.StandsStillAsync();
            owner = child.Owner;
            Assert.NotEmpty(await ContainersOfAsync(owner));
            Assert.Equal("1", await PostgresServer.ValueAsync(letta, "SELECT count(*) FROM pg_replication_slots"));
            child.Kill();
        }

        await server.ShellAsync("mkdir /tmp/lettadr-20260101T000000Z-abcdef-folder && touch /tmp/lettadr-20260101T000000Z-abcdef-folder/base.tar");
        await Eventually.TrueAsync(async () => await PostgresServer.ValueAsync(letta, "SELECT count(*) FROM pg_replication_slots") == "0");
        Assert.Empty(_repository.Catalog.List(letta.Name, includeIncomplete: false));

        // What the dead one has written is cleared away before the first step, and what writes it before that.
        IReadOnlyList<string>? writers = null;
        var observer = new CollectingObserver { OnStep = _ => writers ??= ContainersOfAsync(owner).GetAwaiter().GetResult() };
        var backup = await LettaOperations.CopyClusterAsync(letta, _repository, observer: observer);

        Assert.Empty(writers!);
        Assert.Equal(backup.Id, Assert.Single(_repository.Catalog.List(letta.Name, includeIncomplete: true)).Id);
        Assert.All(_repository.SetFiles(), path => Assert.Contains(backup.Id, path, StringComparison.Ordinal));
        Assert.Empty(await server.ShellAsync("ls /tmp | grep lettadr || true"));
        await Eventually.EmptyAsync(() => server.ShellAsync("grep -al '[p]g_basebackup' /proc/[0-9]*/cmdline 2>/dev/null || true"));
        await Eventually.TrueAsync(async () => await PostgresServer.ValueAsync(letta, "SELECT count(*) FROM pg_stat_replication") == "0");
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Received_log_goes_that_no_set_needs_and_none_before_a_set_is_proven()
    {
        var letta = await server.UnchangedLettaDatabaseAsync();
        var backup = await LettaOperations.CopyClusterAsync(letta, _repository);
        var part = backup.Manifest!.Cluster!;
        var folder = Directory.CreateDirectory(WalArchiveFolder.Of(_repository.Directory, letta.Name, part.SystemIdentifier)).FullName;
        var first = WalSegment.At(part.Timeline, part.StartLsn, part.WalSegmentSize);
        string[] names = [.. new[] { -2, -1, 0, 1 }.Select(step => (first with { Number = (ulong)((long)first.Number + step) }).Name + ".zst"), "00000002.history"];
        Array.ForEach(names, name => File.WriteAllText(Path.Combine(folder, name), "x"));
        Directory.CreateDirectory(Path.Combine(folder, "receiving", "00000001"));
        await File.WriteAllTextAsync(Path.Combine(folder, "receiving", "00000001", (first with { Number = first.Number - 3 }).Name), "x");
        WalArchiveRetention Retention() => new(
            _repository.Directory, letta.Name, DirectoryWalArchive.Open(_repository.Directory, letta.Name)!, _repository.Catalog.List(letta.Name, includeIncomplete: false));

        Assert.Equal("no physical set of this cluster is proven", Retention().Remove().Reason);
        Assert.All(names, name => Assert.True(File.Exists(Path.Combine(folder, name))));

        _repository.Directory.SaveProof(backup, new BackupProof
        {
            BackupId = backup.Id, ManifestSeal = backup.Manifest.Seal, TestedAt = DateTimeOffset.UtcNow, Outcome = Outcome.Passed, Evidence = "x", Duration = TimeSpan.Zero,
        });
        Assert.True(Retention().Remove().Removed);
        Assert.Equal(names[2..].Order(), Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order());
        Assert.True(File.Exists(Path.Combine(folder, "receiving", "00000001", (first with { Number = first.Number - 3 }).Name)));
    }

    /// <summary>The throw-away containers of a process.</summary>
    private async Task<IReadOnlyList<string>> ContainersOfAsync(string owner)
    {
        var label = ScratchContainers.Labels().Keys.First();
        var found = await server.Docker.ListAsync(all: true, new Dictionary<string, string> { [label] = owner }, CancellationToken.None);
        return [.. found.Select(container => container.Container.Id!)];
    }

    private static BackupRequest Incremental(BackupRequest request) => request with { Physical = BaseBackupType.Incremental };

    private static long SizeOfFiles(Backup backup) => backup.Manifest!.Files.Single(file => file.Name == ClusterPart.Folder + "base.tar.zst").Size;
}
