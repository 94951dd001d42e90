namespace LettaDr.Systems.Tests;

/// <summary>A backup of pgBackRest is proven by a real restore of it, and what is planted into it is found.</summary>
[Collection(nameof(PgBackRestCollection))]
public sealed class PgBackRestProvingTests(PgBackRestServer server)
{
    private static readonly string[] Names = ["PgBackRestVerifies", "PgBackRestRecovers"];

    [DockerFact(TestImages.PgBackRest)]
    public async Task A_restored_backup_is_identical_though_the_database_went_on_and_damage_to_its_log_or_files_fails_it()
    {
        using var repository = new TemporaryRepository();
        var deployment = await server.CreateLettaDatabaseAsync();
        await PgBackRestServer.BackUpAsync(deployment, repository);
        await PostgresServer.ExecuteAsync(deployment, "DELETE FROM messages WHERE created_at < now()");
        var archivedBefore = await ArchivedAsync();
        var backup = await PgBackRestServer.BackUpAsync(deployment, repository, PgBackRestBackupType.Incremental);
        var archived = await ArchivedAsync();
        await PostgresServer.ExecuteAsync(deployment, "TRUNCATE agents CASCADE");

        var results = await TestAsync(repository, backup);

        Assert.Equal(["PgBackRestVerifies:Passed", "PgBackRestRecovers:Passed"], results.Select(result => $"{result.Name}:{result.Outcome}"));
        Assert.Contains("49 of 49 tables identical", results[1].Evidence, StringComparison.Ordinal);
        Assert.NotNull(Assert.Single(repository.Catalog.List(deployment.Name, false), set => set.Id == backup.Id).ProvenAt);
        // The copy has recovered and paused without a trace in the stanza.
        Assert.Equal(archived, (await ArchivedAsync())[..archived.Length]);
        Assert.DoesNotContain(".history", await ArchivedAsync(), StringComparison.Ordinal);
        Assert.NotEqual(archivedBefore, archived);

        var part = backup.Manifest!.PgBackRest!;
        var segment = WalSegment.At(part.Timeline, part.SnapshotLsn!.Value, WalSegment.DefaultSize).Name;
        await server.ShellAsync($"cd /var/lib/pgbackrest/archive/main/17-1/{segment[..16]}; mkdir /tmp/aside; mv {segment}-* /tmp/aside/");
        var lacking = await TestAsync(repository, backup);
        Assert.Equal(Outcome.Failed, lacking[1].Outcome);
        Assert.Contains("archive", lacking[1].Evidence, StringComparison.Ordinal);
        Assert.Null(Assert.Single(repository.Catalog.List(deployment.Name, false), set => set.Id == backup.Id).ProvenAt);
        await server.ShellAsync($"mv /tmp/aside/* /var/lib/pgbackrest/archive/main/17-1/{segment[..16]}/");

        await server.ShellAsync($"rm -r /var/lib/pgbackrest/backup/main/{part.References[0]}/pg_data/base");
        var deep = await NewestSetFiles.LookAsync(
            new RecoveryEvidence { Deployment = deployment.Name, Now = DateTimeOffset.UtcNow, Sets = [backup] }, repository.Directory, deep: true, NoObserver.Instance, CancellationToken.None);
        Assert.Contains(part.References[0], Assert.Single(deep.Problems), StringComparison.Ordinal);
        Assert.All(await TestAsync(repository, backup), result => Assert.Equal(Outcome.Failed, result.Outcome));
        Assert.Equal(string.Empty, await server.ShellAsync("ls -A /var/lib/lettadr 2> /dev/null || true"));
    }

    [DockerFact(TestImages.PgBackRest)]
    public async Task A_row_that_the_backup_does_not_have_is_found()
    {
        using var repository = new TemporaryRepository();
        var deployment = await server.CreateLettaDatabaseAsync();
        var backup = await PgBackRestServer.BackUpAsync(deployment, repository, PgBackRestBackupType.Incremental);
        // The moment before a row was written is passed off as that after it.
        var before = backup.Manifest!.PgBackRest!.SnapshotLsn;
        await PostgresServer.ExecuteAsync(deployment, "UPDATE agents SET name = 'another' WHERE id = (SELECT min(id) FROM agents)");
        var after = await PgBackRestServer.BackUpAsync(deployment, repository, PgBackRestBackupType.Incremental);
        var forged = after with { Manifest = after.Manifest! with { PgBackRest = backup.Manifest.PgBackRest } };
        Assert.True(before < after.Manifest!.PgBackRest!.SnapshotLsn);

        var result = (await TestAsync(repository, forged))[1];

        Assert.Equal(Outcome.Failed, result.Outcome);
        Assert.Contains("agents", result.Evidence, StringComparison.Ordinal);
    }

    [DockerFact(TestImages.PgBackRest)]
    public async Task A_backup_that_others_made_is_verified_and_not_called_proven()
    {
        using var repository = new TemporaryRepository();
        var deployment = await server.CreateLettaDatabaseAsync();
        await server.PgBackRestAsync("--stanza=main --type=full --start-fast backup");
        var backup = (await StanzaList.ReadAsync(deployment, null, null, CancellationToken.None))[0];

        var results = await RunAsync(repository, backup);

        Assert.Equal(
            [("PgBackRestVerifies", Outcome.Passed, true), ("PgBackRestRecovers", Outcome.NotRun, false)],
            results.Where(one => Names.Contains(one.Result.Name)).Select(one => (one.Result.Name, one.Result.Outcome, one.Asked)));
        Assert.All(results.Take(3), one => Assert.Equal((Outcome.NotRun, false), (one.Result.Outcome, one.Asked)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(repository.Path));
    }

    private static async Task<List<CheckResult>> TestAsync(TemporaryRepository repository, Backup backup) =>
        [.. (await RunAsync(repository, backup)).Select(one => one.Result).Where(result => Names.Contains(result.Name))];

    private static Task<IReadOnlyList<BackupTestResult>> RunAsync(TemporaryRepository repository, Backup backup) => new BackupTesting(
        repository.Directory, NoObserver.Instance,
        BackupPartChecks.Of(repository.Directory, NoObserver.Instance, 2, null, [], null, CancellationToken.None)).RunAsync(backup, restore: true, CancellationToken.None);

    private Task<string> ArchivedAsync() => server.ShellAsync("cd /var/lib/pgbackrest/archive/main/17-1; find . -type f | sort");
}
