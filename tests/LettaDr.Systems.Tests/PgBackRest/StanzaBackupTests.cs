namespace LettaDr.Systems.Tests;

/// <summary>Backups by pgBackRest as sets of the catalogue, each with the proof that a restore is compared with.</summary>
[Collection(nameof(PgBackRestCollection))]
public sealed class StanzaBackupTests(PgBackRestServer server)
{
    [DockerFact(TestImages.PgBackRest)]
    public async Task A_backup_is_a_set_with_fingerprints_at_a_position_that_pgBackRest_has_archived()
    {
        using var repository = new TemporaryRepository();
        var deployment = await server.CreateLettaDatabaseAsync();
        var observer = new CollectingObserver();

        var backup = await PgBackRestServer.BackUpAsync(deployment, repository, observer: observer);

        var part = backup.Manifest!.PgBackRest!;
        Assert.Equal(("pgbackrest", PgBackRestServer.Stanza, PgBackRestBackupType.Full, 49), (backup.Kind, part.Stanza, part.Type, backup.Tables));
        Assert.True(part.SnapshotLsn >= part.EndLsn && part.EndLsn > part.StartLsn);
        Assert.Equal((server.Container.Name, TestImages.PgBackRest, deployment.Database.Database), (part.Container, part.Image, part.Database));
        Assert.True(backup.Rows > 600 && backup.Size > 1 << 20);
        Assert.Equal([PgBackRestPart.InventoryFileName, BackupManifest.InstructionsFileName], backup.Manifest.Files.Select(file => file.Name).OrderDescending());
        var archived = await server.ShellAsync("ls /var/lib/pgbackrest/archive/main/17-1/*");
        Assert.Contains(WalSegment.At(part.Timeline, part.SnapshotLsn!.Value, WalSegment.DefaultSize).Name, archived, StringComparison.Ordinal);
        Assert.Contains(observer.Reports, report => report.Status.StartsWith("pgBackRest copies", StringComparison.Ordinal) && report.BytesDone > 0);
        // Nothing of pgBackRest's own secrets is in what LettaDr writes.
        foreach (var file in Directory.EnumerateFiles(repository.Path, "*", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain("never-to-be-shown", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        }
    }

    [DockerFact(TestImages.PgBackRest)]
    public async Task The_stanza_is_listed_with_the_proofs_of_its_sets_and_with_backups_that_others_made()
    {
        using var repository = new TemporaryRepository();
        var deployment = await server.CreateLettaDatabaseAsync();
        var full = await PgBackRestServer.BackUpAsync(deployment, repository);
        var incremental = await PgBackRestServer.BackUpAsync(deployment, repository, PgBackRestBackupType.Incremental);
        await server.PgBackRestAsync("--stanza=main --type=full --start-fast backup");

        var listed = await StanzaList.ReadAsync(deployment, null, repository.Directory, CancellationToken.None);

        Assert.Equal(PgBackRestBackupType.Full, listed[0].Manifest!.PgBackRest!.Type);
        Assert.True(PgBackRestCatalog.IsUnproven(listed[0]));
        Assert.Equal([incremental.Id, full.Id], listed.Skip(1).Take(2).Select(backup => backup.Id));
        Assert.Equal([full.Manifest!.PgBackRest!.BackupLabel], incremental.Manifest!.PgBackRest!.References);
        Assert.Equal([incremental.Id, full.Id], repository.Catalog.List(deployment.Name, false).Select(backup => backup.Id));

        Assert.Empty(await ProblemsAsync(deployment, repository));
        await server.PgBackRestAsync($"--stanza=main --set={full.Manifest.PgBackRest.BackupLabel} expire");
        var left = await StanzaList.ReadAsync(deployment, PgBackRestServer.Stanza, repository.Directory, CancellationToken.None);
        Assert.All(left.Where(backup => backup.Id == full.Id || backup.Id == incremental.Id), backup =>
        {
            Assert.Equal(BackupState.Damaged, backup.State);
            Assert.Contains("does not list", backup.Problem, StringComparison.Ordinal);
        });

        // The set's own files are all there still, and hold no data.
        Assert.All(await ProblemsAsync(deployment, repository), problem => Assert.Contains("does not list", problem, StringComparison.Ordinal));
        Assert.NotEmpty(await ProblemsAsync(deployment, repository));
    }

    private static async Task<IReadOnlyList<string>> ProblemsAsync(LettaDeployment deployment, TemporaryRepository repository) => (await NewestSetFiles.LookAsync(
        new RecoveryEvidence { Deployment = deployment.Name, Now = DateTimeOffset.UtcNow, Sets = repository.Directory.List(deployment.Name, includeIncomplete: false) },
        repository.Directory, deep: false, NoObserver.Instance, CancellationToken.None)).Problems;

    [DockerFact(TestImages.PgBackRest)]
    public async Task Where_the_log_is_not_archived_nothing_is_published()
    {
        using var repository = new TemporaryRepository();
        var deployment = await server.CreateLettaDatabaseAsync();
        await server.ArchiveByAsync("false");
        try
        {
            var fault = await Assert.ThrowsAsync<LettaDrException>(() => PgBackRestServer.BackUpAsync(deployment, repository));

            Assert.Equal("ArchivingFails", fault.Id);
            Assert.Empty(repository.SetFiles());
        }
        finally
        {
            await server.ArchiveAsync();
        }
    }

    [DockerFact(TestImages.PgBackRest)]
    public async Task The_plan_names_the_stanza_and_refuses_another_clusters()
    {
        using var repository = new TemporaryRepository();
        var request = new BackupRequest { Deployment = await server.CreateLettaDatabaseAsync() };
        using var known = await StanzaBackup.OpenAsync(
            repository.Directory, request, new PgBackRestRequest(null, PgBackRestBackupType.Full, null), NoObserver.Instance, CancellationToken.None);
        Assert.Contains("(stanza main)", await known.DescribeAsync(CancellationToken.None), StringComparison.Ordinal);

        using var unknown = await StanzaBackup.OpenAsync(
            repository.Directory, request, new PgBackRestRequest("other", PgBackRestBackupType.Full, null), NoObserver.Instance, CancellationToken.None);
        Assert.Equal("StanzaNotFound", (await Assert.ThrowsAsync<LettaDrException>(() => unknown.DescribeAsync(CancellationToken.None))).Id);
    }
}
