namespace LettaDr.Systems.Tests;

[Collection(nameof(BackupServer))]
public sealed class RepositoryFaultTests(PostgresServer server)
{
    [RootFact(TestImages.Postgres)]
    public async Task A_repository_that_fills_up_in_mid_backup_is_left_as_it_was()
    {
        var letta = await server.UnchangedLettaDatabaseAsync();
        using var disk = new MountedFolder(kilobytes: 65_536);
        using var repository = new TemporaryRepository(disk.Path);
        var size = (int)((await LettaOperations.BackUpAsync(letta, repository)).Size / 1024);
        var whole = await LettaOperations.BackUpAsync(letta, repository);
        var before = repository.SetFiles();

        // At the first file, in the middle, and where only the last small files are left to be written.
        foreach (var room in new[] { 40, size / 4, size / 2, size - 60 })
        {
            foreach (var portable in new[] { false, true })
            {
                disk.Remount($"size={UsedKilobytes(disk.Path) + room}k");
                var failure = await Assert.ThrowsAsync<LettaDrException>(
                    () => LettaOperations.BackUpAsync(letta, repository, request => request with { Portable = portable }));

                Assert.Equal(("RepositoryFull", FaultKind.InsufficientResources), (failure.Id, failure.Kind));
                Assert.Equal(before, repository.SetFiles());
                Assert.All(repository.Catalog.List(null, includeIncomplete: true), backup => Assert.Equal(BackupState.Complete, backup.State));
                disk.Remount("size=65536k");
            }
        }

        Assert.Equal(BackupState.Complete, (await LettaOperations.BackUpAsync(letta, repository)).State);
        Assert.Contains(repository.Catalog.List(letta.Name, includeIncomplete: true), backup => backup.Id == whole.Id);
    }

    [RootFact(TestImages.Postgres)]
    public async Task A_repository_that_may_not_be_written_to_is_told_of_before_the_server_is_asked_for_anything()
    {
        using var disk = new MountedFolder(kilobytes: 1024);
        disk.Remount("ro");
        using var repository = new TemporaryRepository(disk.Path);

        await RefusedAsync(repository, "RepositoryNotWritable", FaultKind.PermissionDenied);
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_missing_directory_above_is_not_made()
    {
        using var folder = new TemporaryFolder();
        using var repository = new TemporaryRepository(Path.Combine(folder.Path, "not-mounted", "repository"));

        await RefusedAsync(repository, "RepositoryPathNotFound", FaultKind.NotFound);

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_file_in_its_place_stays_as_it_is()
    {
        using var folder = new TemporaryFolder();
        using var repository = new TemporaryRepository(folder.Write("repository", "precious"));

        await RefusedAsync(repository, "RepositoryNotWritable", FaultKind.PermissionDenied);

        Assert.Equal("precious", await File.ReadAllTextAsync(repository.Path));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task The_directory_itself_is_made_and_any_name_of_a_deployment_keeps_to_it()
    {
        using var folder = new TemporaryFolder();
        using var repository = new TemporaryRepository(Path.Combine(folder.Path, "new"));
        var letta = await server.UnchangedLettaDatabaseAsync();
        string[] names = ["../outside", "..", ".hidden", "a/b\\c", "ünï cødé*", "con:1"];

        foreach (var name in names)
        {
            await LettaOperations.BackUpAsync(letta with { Name = name }, repository);
        }

        Assert.Equal(["new"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName));
        Assert.Equal(
            names.Order(StringComparer.Ordinal),
            repository.Catalog.List(null, includeIncomplete: false).Select(backup => backup.Deployment).Order(StringComparer.Ordinal));
        Assert.All(names, name => Assert.Single(repository.Catalog.List(name, includeIncomplete: false)));
    }

    private static async Task RefusedAsync(TemporaryRepository repository, string id, FaultKind kind)
    {
        var letta = new LettaDeployment
        {
            Name = "letta",
            Database = new DatabaseEndpoint { Host = "127.0.0.1", Port = 1, Database = "letta", UserName = "letta", Password = new Secret("none") },
        };
        var failure = await Assert.ThrowsAsync<LettaDrException>(() => LettaOperations.BackUpAsync(
            letta, repository, () => throw new InvalidOperationException("The server was asked.")));

        Assert.Equal((id, kind), (failure.Id, failure.Kind));
        Assert.Contains(repository.Path, failure.Message, StringComparison.Ordinal);
    }

    private static long UsedKilobytes(string path)
    {
        var drive = new DriveInfo(path);
        return (drive.TotalSize - drive.TotalFreeSpace) / 1024;
    }
}
