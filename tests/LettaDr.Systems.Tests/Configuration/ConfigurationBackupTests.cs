namespace LettaDr.Systems.Tests;

/// <summary>A real project's configuration in a set and back again.</summary>
[Collection(nameof(ConfigurationCollection))]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ConfigurationBackupTests(ConfigurationStack stack) : ConfigurationTest(stack)
{
    private const string HomePath = "_containers/letta_server/home/letta/.letta/";

    [ComposeFact]
    public async Task Everything_comes_back_as_it_was()
    {
        using var certificate = TestCertificates.Create("CN=Operator");
        var observer = new CollectingObserver();
        var backup = await Stack.BackUpAsync(Repository, Sealing(certificate), observer);
        Assert.Equal(BackupParts.Configuration | BackupParts.Memory, backup.Parts);
        var part = backup.Manifest!.Configuration!;
        Assert.Equal(
            [
                "_outside" + Stack.Outside + "/conf.yaml", ".env", "certificates/site.crt", "certificates/site.pem", "common/web.yaml", "compose.override.yaml",
                "compose.yaml", "init.sql", "nginx.conf", "settings/providers.env", "settings/token.txt",
            ],
            part.Files.Where(file => file.Container is null).Select(file => file.Path).Order(StringComparer.Ordinal).OrderBy(path => path[0] != '_'));
        Assert.Equal(
            ["config", "credentials", "mcp_config.json", "pg_uri", "tool_execution_dir/cache.bin", "tool_execution_dir/notes.txt", "tool_execution_dir/tool.py"],
            part.Files.Where(file => file.Path.StartsWith(HomePath, StringComparison.Ordinal)).Select(file => file.Path[HomePath.Length..]));
        Assert.Equal(
            ["cache", "letta_db", "letta_nginx", "letta_server"],
            part.Files.Where(file => file.Path.EndsWith("/environment.env", StringComparison.Ordinal)).Select(file => file.Container).Order(StringComparer.Ordinal));
        Assert.All(part.Containers, container => Assert.Contains("sha256:", container.ImageDigest, StringComparison.Ordinal));
        Assert.Equal(FileProtection.Plain, part.Files.Single(file => file.Path == "common/web.yaml").Protection);
        Assert.Equal(FileProtection.Encrypted, part.Files.Single(file => file.Path.EndsWith("cache.bin", StringComparison.Ordinal)).Protection);
        Assert.Empty(part.SecretsLeftOut);
        Assert.Empty(part.Missing);

        var result = await RestoreAsync(backup, certificate);
        foreach (var file in part.Files.Where(file => file.Container is null))
        {
            var restored = Path.Combine(Folder.Path, file.Path);
            Assert.Equal(File.ReadAllBytes(file.OriginalPath), File.ReadAllBytes(restored));
            Assert.Equal(File.GetUnixFileMode(file.OriginalPath), File.GetUnixFileMode(restored));
        }

        Assert.Equal("def tool(): pass\n", File.ReadAllText(Path.Combine(Folder.Path, HomePath + "tool_execution_dir/tool.py")));
        Assert.Equal(Outcome.Passed, result.EncryptionKey.Outcome);
        Assert.Contains("providers.api_key_enc of provider-1", result.EncryptionKey.Evidence, StringComparison.Ordinal);
        Assert.Equal(part.Files.Count, result.Written);

        // Once more over what is there: nothing to do.
        var again = await RestoreAsync(backup, certificate);
        Assert.Equal((0, part.Files.Count), (again.Written, again.Unchanged));
        Assert.Equal(3, again.MemoryRepositories.Count(one => one.Action == RestoredFileAction.Unchanged));
    }

    [ComposeFact]
    public async Task From_the_labels_of_its_containers_the_same_is_found()
    {
        var byName = await new DeploymentDiscovery(Path.GetTempPath(), ComposeStack.Nothing).ResolveAsync(new DeploymentReference(Stack.Deployment.Name), default);
        Assert.Equal(Stack.Deployment.Compose!.Folder, byName.Compose!.Folder);
        Assert.Equal(Stack.Deployment.Compose.Files, byName.Compose.Files);
        var byPath = await Stack.BackUpAsync(Repository, Sealing());
        var second = await ConfigurationStack.BackUpAsync(byName, Repository, Sealing());
        Assert.Equal(
            byPath.Manifest!.Configuration!.Files.Select(file => file.Path), second.Manifest!.Configuration!.Files.Select(file => file.Path));
    }

    [ComposeFact]
    public async Task Nothing_that_differs_is_overwritten_without_leave()
    {
        using var certificate = TestCertificates.Create("CN=Operator");
        var backup = await Stack.BackUpAsync(Repository, Sealing(certificate));
        File.WriteAllText(Path.Combine(Folder.Path, ".env"), "MINE=1\n");
        var refused = await Assert.ThrowsAsync<LettaDrException>(() => RestoreAsync(backup, certificate));
        Assert.Equal("ConfigurationDiffers", refused.Id);
        Assert.Contains(".env", refused.Message, StringComparison.Ordinal);
        Assert.Equal([".env"], Directory.EnumerateFileSystemEntries(Folder.Path).Select(Path.GetFileName));

        var result = await ConfigurationStack.RestoreAsync(Repository, Request(backup) with { Certificates = [certificate], Force = true });
        var replaced = Assert.Single(result.Files, file => file.Action == RestoredFileAction.Replace);
        Assert.Equal("MINE=1\n", File.ReadAllText(replaced.SetAside!));
        Assert.EndsWith(".env.before-" + result.OperationId, replaced.SetAside, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(Path.Combine(Stack.Folder, ".env")), File.ReadAllText(replaced.Target));
    }

    [ComposeFact]
    public async Task Original_paths_are_kept_when_asked_for()
    {
        using var certificate = TestCertificates.Create("CN=Operator");
        var backup = await Stack.BackUpAsync(Repository, Sealing(certificate));
        var path = Path.Combine(Stack.Outside, "conf.yaml");
        var text = File.ReadAllText(path);
        var moved = path + ".moved";
        File.Move(path, moved);
        try
        {
            await ConfigurationStack.RestoreAsync(Repository, Request(backup) with { Certificates = [certificate], OriginalPaths = true });
            Assert.Equal(text, File.ReadAllText(path));
            Assert.False(Directory.Exists(Path.Combine(Folder.Path, "_outside")));
        }
        finally
        {
            File.Move(moved, path, overwrite: true);
        }
    }

    [ComposeFact]
    public async Task A_damaged_file_is_seen_before_anything_is_written()
    {
        using var certificate = TestCertificates.Create("CN=Operator");
        var backup = await Stack.BackUpAsync(Repository, Sealing(certificate));
        var file = Path.Combine(backup.Path, backup.Manifest!.Configuration!.Files.Single(one => one.Path == "common/web.yaml").StoredAs!);
        var bytes = File.ReadAllBytes(file);
        bytes[10] ^= 1;
        File.WriteAllBytes(file, bytes);
        var refused = await Assert.ThrowsAsync<LettaDrException>(() => RestoreAsync(backup, certificate));
        Assert.Equal(FaultKind.DataCorrupt, refused.Kind);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Folder.Path));
    }

    [ComposeFact]
    public async Task A_missing_file_and_plain_credentials_are_warned_of_by_name()
    {
        var path = Path.Combine(Stack.Folder, "settings", "providers.env");
        var text = File.ReadAllText(path);
        File.Delete(path);
        try
        {
            await SqlAsync("INSERT INTO providers VALUES ('provider-2', 'y', 'sk-plain', NULL)");
            var observer = new CollectingObserver();
            var backup = await Stack.BackUpAsync(Repository, Sealing(), observer);
            Assert.Contains(observer.Warnings, warning => warning.Contains(path, StringComparison.Ordinal) && warning.Contains("env_file of letta_server", StringComparison.Ordinal));
            Assert.Contains(observer.Warnings, warning => warning.Contains("1 credentials in plain text", StringComparison.Ordinal));
            Assert.Equal(1, backup.Manifest!.Configuration!.PlainCredentials);
        }
        finally
        {
            await SqlAsync("DELETE FROM providers WHERE id = 'provider-2'");
            File.WriteAllText(path, text);
        }
    }

    [ComposeFact]
    public async Task Images_travel_with_the_set()
    {
        var image = "lettadr-test/" + Guid.NewGuid().ToString("N")[..8] + ":1";
        Assert.True(ComposeStack.Run("docker", ["tag", TestImages.Redis, image], ".", out _));
        try
        {
            var deployment = Stack.Deployment with
            {
                Containers = [Stack.Deployment.Containers[0] with { Image = image }],
                Server = null,
            };
            var backup = await ConfigurationStack.BackUpAsync(deployment, Repository, Sealing(), images: true);
            Assert.Equal([image], backup.Manifest!.Configuration!.Images);
            Assert.True(backup.Parts.HasFlag(BackupParts.Images));
            var nothing = await ConfigurationStack.RestoreAsync(Repository, Request(backup) with { IncludeImages = true });
            Assert.Empty(nothing.LoadedImages);
            Assert.True(ComposeStack.Run("docker", ["rmi", image], ".", out _));
            var loaded = await ConfigurationStack.RestoreAsync(Repository, Request(backup) with { IncludeImages = true });
            Assert.Equal([image], loaded.LoadedImages);
            Assert.True(ComposeStack.Run("docker", ["image", "inspect", image], ".", out _));
        }
        finally
        {
            ComposeStack.Run("docker", ["rmi", image], ".", out _);
        }
    }
}
