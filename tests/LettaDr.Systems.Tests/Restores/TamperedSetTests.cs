namespace LettaDr.Systems.Tests;

/// <summary>Sets that are damaged or lie: the live database is not touched, and nobody takes the restored one for good.</summary>
[Collection(nameof(RestoreCollection))]
public sealed class TamperedSetTests(PostgresServer server, LettaSet set) : IClassFixture<LettaSet>
{
    [DockerFact(TestImages.Postgres)]
    public async Task A_fingerprint_that_does_not_fit_the_rows_ends_the_restore_before_the_swap()
    {
        using var tampered = SetEditor.Edit(set, inventory => inventory with
        {
            Tables = [.. inventory.Tables.Select(table => table.Name == "messages"
                ? table with { Fingerprint = new Fingerprint(table.Fingerprint!.Value.Rows, table.Fingerprint.Value.Sum + 1) }
                : table)],
        });
        Assert.All(
            new BackupVerification(tampered.Repository.Directory, new CollectingObserver()).Check(tampered.Backup, CancellationToken.None),
            check => Assert.Equal(Outcome.Passed, check.Outcome));
        var fault = await AssertKeptAsideAsync(tampered);
        Assert.Contains("messages", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("agents\"", fault.Message, StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task An_object_that_does_not_come_back_ends_the_restore_before_the_swap()
    {
        using var tampered = SetEditor.Edit(set, inventory => inventory with
        {
            Objects = [.. inventory.Objects, new SchemaObject("index", set.Schema + ".ix_lost", "CREATE INDEX ix_lost …")],
        });
        var fault = await AssertKeptAsideAsync(tampered);
        Assert.Contains("ix_lost", fault.Message, StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_flipped_bit_in_a_rows_file_ends_the_restore_and_leaves_nothing_beside()
    {
        var rows = set.Backup.Manifest!.Files.Where(file => file.Name.StartsWith("rows/", StringComparison.Ordinal)).MaxBy(file => file.Size)!;
        using var damaged = SetEditor.EditFile(set, rows.Name, Flipped, reseal: false);
        var fault = await AssertNothingTouchedAsync(damaged);
        Assert.Equal(FaultKind.DataCorrupt, fault.Kind);
        Assert.Contains(rows.Name, fault.Message, StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_flipped_bit_in_the_archive_ends_the_restore_and_leaves_nothing_beside()
    {
        using var damaged = SetEditor.EditFile(set, DatabasePart.ArchiveFileName, Flipped, reseal: false);
        var fault = await AssertNothingTouchedAsync(damaged);
        Assert.Equal(FaultKind.DataCorrupt, fault.Kind);
        Assert.Contains(DatabasePart.ArchiveFileName, fault.Message, StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task Rows_that_are_no_rows_end_the_restore_and_leave_nothing_beside()
    {
        // The digests are right: only the decompressor or the server can tell.
        var rows = set.Backup.Manifest!.Files.First(file => file.Name.StartsWith("rows/", StringComparison.Ordinal));
        using var damaged = SetEditor.EditFile(set, rows.Name, bytes => bytes[..(bytes.Length / 2)], reseal: true);
        var fault = await AssertNothingTouchedAsync(damaged);
        Assert.NotEmpty(fault.Remedy);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_truncated_file_is_refused_before_anything_is_made()
    {
        using var damaged = SetEditor.EditFile(set, DatabasePart.ArchiveFileName, bytes => bytes[..^1], reseal: false);
        var observer = new CollectingObserver();
        var fault = await AssertNothingTouchedAsync(damaged, observer);
        Assert.Equal("BackupFileDamaged", fault.Id);
        Assert.Empty(observer.Messages);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_missing_file_is_refused_before_anything_is_made()
    {
        using var damaged = SetEditor.EditFile(set, DatabasePart.ArchiveFileName, bytes => bytes, reseal: false);
        File.Delete(Path.Combine(damaged.Backup.Path, DatabasePart.ArchiveFileName));
        var observer = new CollectingObserver();
        var fault = await AssertNothingTouchedAsync(damaged, observer);
        Assert.Contains(DatabasePart.ArchiveFileName, fault.Message, StringComparison.Ordinal);
        Assert.Empty(observer.Messages);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_corrupt_manifest_is_refused()
    {
        using var damaged = SetEditor.EditFile(set, BackupManifest.FileName, Flipped, reseal: false);
        var fault = await AssertNothingTouchedAsync(damaged);
        Assert.Equal("BackupNotUsable", fault.Id);
        Assert.Contains("damaged", fault.Message, StringComparison.Ordinal);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_set_of_a_newer_format_is_refused_with_the_way_out()
    {
        using var newer = SetEditor.Edit(set, inventory => inventory, manifest => manifest with { Format = BackupManifest.CurrentFormat + 1 });
        var fault = await AssertNothingTouchedAsync(newer);
        Assert.Equal("BackupNotUsable", fault.Id);
        Assert.Contains($"format {BackupManifest.CurrentFormat + 1}", fault.Message, StringComparison.Ordinal);
    }

    private static byte[] Flipped(byte[] bytes)
    {
        bytes[bytes.Length / 2] ^= 4;
        return bytes;
    }

    private async Task<LettaDrException> AssertNothingTouchedAsync(SetEditor damaged, CollectingObserver? observer = null)
    {
        var before = await ServerState.ReadAsync(server, set.Deployment, set.Inventory);
        var fault = await Assert.ThrowsAsync<LettaDrException>(
            () => LettaOperations.RestoreAsync(set.Deployment, damaged.Repository, damaged.Backup, null, observer));
        Assert.Equal(before, await ServerState.ReadAsync(server, set.Deployment, set.Inventory));
        return fault;
    }

    private async Task<LettaDrException> AssertKeptAsideAsync(SetEditor tampered)
    {
        await PostgresServer.ExecuteAsync(set.Deployment, "DELETE FROM steps WHERE id IN (SELECT id FROM steps LIMIT 1)");
        var before = await ServerState.ReadAsync(server, set.Deployment, set.Inventory);

        var fault = await Assert.ThrowsAsync<LettaDrException>(() => LettaOperations.RestoreAsync(set.Deployment, tampered.Repository, tampered.Backup));

        Assert.Equal("RestoreNotIdentical", fault.Id);
        Assert.Equal(FaultKind.DataCorrupt, fault.Kind);
        var aside = Assert.Single(await PostgresServer.LinesAsync(
            server.Deployment("postgres"), $"SELECT datname FROM pg_database WHERE starts_with(datname, '{set.Deployment.Name}__restoring_')"));
        Assert.Contains(aside, fault.Remedy, StringComparison.Ordinal);
        Assert.Equal("600", await PostgresServer.ValueAsync(server.Deployment(aside), "SELECT count(*) FROM messages"));
        var mark = DatabaseMark.Read(await PostgresServer.ValueAsync(
            server.Deployment("postgres"), $"SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '{aside}'"))!;
        Assert.Equal((DatabaseMark.Unverified, set.Deployment.Name, tampered.Backup.Id), (mark.State, mark.Target, mark.BackupId));

        // A restore of the true set leaves what is kept for a look alone.
        await set.RestoreAsync(request => request with { DiscardPrevious = true, TargetDatabase = set.Deployment.Name + "_other" });
        await PostgresServer.ExecuteAsync(server.Deployment("postgres"), $"DROP DATABASE {set.Deployment.Name}_other");
        Assert.Equal("1", await PostgresServer.ValueAsync(server.Deployment("postgres"), $"SELECT count(*) FROM pg_database WHERE datname = '{aside}'"));
        await PostgresServer.ExecuteAsync(server.Deployment("postgres"), $"DROP DATABASE \"{aside}\"");
        Assert.Equal(before, await ServerState.ReadAsync(server, set.Deployment, set.Inventory));
        return fault;
    }
}
