using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace LettaDr.Systems.Tests;

/// <summary>A real project's configuration in a set and back again.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ConfigurationBackupTests(ConfigurationStack stack) : IClassFixture<ConfigurationStack>, IDisposable
{
    private readonly TemporaryRepository _repository = new();
    private readonly TemporaryFolder _folder = new("restored");

    public void Dispose()
    {
        _repository.Dispose();
        _folder.Dispose();
    }

    [ComposeFact]
    public async Task Everything_comes_back_as_it_was()
    {
        using var certificate = TestCertificates.Create("CN=Operator");
        var observer = new CollectingObserver();
        var backup = await stack.BackUpAsync(_repository, Sealing(certificate), observer);
        Assert.Equal(BackupParts.Configuration | BackupParts.Memory, backup.Parts);
        var part = backup.Manifest!.Configuration!;
        Assert.Equal(
            [
                "_outside" + stack.Outside + "/conf.yaml", ".env", "certificates/site.crt", "certificates/site.pem", "common/web.yaml", "compose.override.yaml",
                "compose.yaml", "init.sql", "nginx.conf", "settings/providers.env", "settings/token.txt",
            ],
            part.Files.Where(file => file.Container is null).Select(file => file.Path).Order(StringComparer.Ordinal).OrderBy(path => path[0] != '_'));
        Assert.Equal(
            ["config", "credentials", "mcp_config.json", "pg_uri", "tool_execution_dir/cache.bin", "tool_execution_dir/notes.txt", "tool_execution_dir/tool.py"],
            part.Files.Where(file => file.Path.StartsWith("_containers/letta_server/root/.letta/", StringComparison.Ordinal)).Select(file => file.Path[37..]));
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
            var restored = Path.Combine(_folder.Path, file.Path);
            Assert.Equal(File.ReadAllBytes(file.OriginalPath), File.ReadAllBytes(restored));
            Assert.Equal(File.GetUnixFileMode(file.OriginalPath), File.GetUnixFileMode(restored));
        }

        Assert.Equal("def tool(): pass\n", File.ReadAllText(Path.Combine(_folder.Path, "_containers/letta_server/root/.letta/tool_execution_dir/tool.py")));
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
        var byName = await new DeploymentDiscovery(Path.GetTempPath(), ComposeStack.Nothing).ResolveAsync(new DeploymentReference(stack.Deployment.Name), default);
        Assert.Equal(stack.Deployment.Compose!.Folder, byName.Compose!.Folder);
        Assert.Equal(stack.Deployment.Compose.Files, byName.Compose.Files);
        var byPath = await stack.BackUpAsync(_repository, Sealing());
        var second = await ConfigurationStack.BackUpAsync(byName, _repository, Sealing());
        Assert.Equal(
            byPath.Manifest!.Configuration!.Files.Select(file => file.Path), second.Manifest!.Configuration!.Files.Select(file => file.Path));
    }

    [ComposeFact]
    public async Task Without_recipients_secrets_are_blanked_and_named()
    {
        var observer = new CollectingObserver();
        var backup = await stack.BackUpAsync(_repository, Sealing(), observer);
        var part = backup.Manifest!.Configuration!;
        AssertNoMark(_repository.Path);
        Assert.Empty(part.Recipients);
        var warning = Assert.Single(observer.Warnings, text => text.Contains("Secrets are not in the set", StringComparison.Ordinal));
        foreach (var name in new[] { ".env: ", "OPENAI_API_KEY", "LETTA_ENCRYPTION_KEY", "AWS_SECRET_ACCESS_KEY", "token.txt", "SENTRY_DSN", "private key", "GITHUB_TOKEN", "credentials" })
        {
            Assert.Contains(name, warning, StringComparison.Ordinal);
        }

        Assert.NotNull(part.EncryptionKey!.Fingerprint);
        Assert.True(KeyFingerprint.Matches(part.EncryptionKey.Fingerprint, stack.Key));
        var restoring = new CollectingObserver();
        var result = await ConfigurationStack.RestoreAsync(_repository, Request(backup), restoring);
        Assert.Equal(Outcome.NotRun, result.EncryptionKey.Outcome);
        var env = File.ReadAllText(Path.Combine(_folder.Path, ".env"));
        Assert.Contains("LETTA_MODEL=plain-model", env, StringComparison.Ordinal);
        Assert.Contains("OPENAI_API_KEY=********", env, StringComparison.Ordinal);
        Assert.Contains("postgresql+asyncpg://letta:********@letta-db:5432/agents", env, StringComparison.Ordinal);
        Assert.Contains("image: pgvector/pgvector:pg17", File.ReadAllText(Path.Combine(_folder.Path, "compose.yaml")), StringComparison.Ordinal);
        Assert.Contains(restoring.Warnings, text => text.Contains("********", StringComparison.Ordinal));
        Assert.Equal(RestoredFileAction.Skip, result.Files.Single(file => file.Path.EndsWith("cache.bin", StringComparison.Ordinal)).Action);
    }

    [ComposeFact]
    public async Task No_secret_is_in_any_byte_that_is_not_encrypted()
    {
        using var certificate = TestCertificates.Create("CN=Operator");
        var observer = new CollectingObserver();
        var lines = new HashSet<string>(StringComparer.Ordinal);
        using (var watching = new CancellationTokenSource())
        {
            var watch = Task.Run(() => WatchCommandLines(lines, watching.Token));
            var backup = await stack.BackUpAsync(_repository, new SecretSealing([certificate], new Secret(stack.Mark + " the passphrase")), observer);
            await ConfigurationStack.RestoreAsync(_repository, Request(backup) with { Passphrase = new Secret(stack.Mark + " the passphrase") }, observer);
            var wrong = await Assert.ThrowsAsync<LettaDrException>(() => ConfigurationStack.RestoreAsync(
                _repository, Request(backup) with { Passphrase = new Secret(stack.Mark + " another") }, observer));
            observer.Warning(wrong.ToString());
            await watching.CancelAsync();
            await watch;
        }

        AssertNoMark(_repository.Path);
        var journals = Path.Combine(_repository.Path, "..", "local-journals");
        Assert.Equal(2, Directory.GetFiles(journals).Length);
        AssertNoMark(journals);
        var told = string.Join('\n', observer.Messages.Concat(observer.Warnings).Concat(observer.Reports.Select(report => report.ToString())));
        Assert.DoesNotContain(stack.Mark, told, StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Contains("git", StringComparison.Ordinal));

        // The project itself hands Redis its password on its command line.
        Assert.DoesNotContain(lines, line => line.Contains(stack.Mark, StringComparison.Ordinal) && !line.Contains("redis", StringComparison.Ordinal));
    }

    [ComposeFact]
    public async Task Nothing_that_differs_is_overwritten_without_leave()
    {
        using var certificate = TestCertificates.Create("CN=Operator");
        var backup = await stack.BackUpAsync(_repository, Sealing(certificate));
        File.WriteAllText(Path.Combine(_folder.Path, ".env"), "MINE=1\n");
        var refused = await Assert.ThrowsAsync<LettaDrException>(() => RestoreAsync(backup, certificate));
        Assert.Equal("ConfigurationDiffers", refused.Id);
        Assert.Contains(".env", refused.Message, StringComparison.Ordinal);
        Assert.Equal([".env"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));

        var result = await ConfigurationStack.RestoreAsync(_repository, Request(backup) with { Certificates = [certificate], Force = true });
        var replaced = Assert.Single(result.Files, file => file.Action == RestoredFileAction.Replace);
        Assert.Equal("MINE=1\n", File.ReadAllText(replaced.SetAside!));
        Assert.EndsWith(".env.before-" + result.OperationId, replaced.SetAside, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(Path.Combine(stack.Folder, ".env")), File.ReadAllText(replaced.Target));
    }

    [ComposeFact]
    public async Task Original_paths_are_kept_when_asked_for()
    {
        using var certificate = TestCertificates.Create("CN=Operator");
        var backup = await stack.BackUpAsync(_repository, Sealing(certificate));
        var path = Path.Combine(stack.Outside, "conf.yaml");
        var text = File.ReadAllText(path);
        var moved = path + ".moved";
        File.Move(path, moved);
        try
        {
            await ConfigurationStack.RestoreAsync(_repository, Request(backup) with { Certificates = [certificate], OriginalPaths = true });
            Assert.Equal(text, File.ReadAllText(path));
            Assert.False(Directory.Exists(Path.Combine(_folder.Path, "_outside")));
        }
        finally
        {
            File.Move(moved, path, overwrite: true);
        }
    }

    [ComposeFact]
    public async Task Keys_that_are_missing_or_wrong_are_told_and_nothing_is_touched()
    {
        using var certificate = TestCertificates.Create("CN=Operator");
        using var other = TestCertificates.Create("CN=Somebody else");
        var backup = await stack.BackUpAsync(_repository, new SecretSealing([certificate], new Secret("the passphrase")));
        foreach (var (request, id) in new (ConfigurationRestoreRequest, string)[]
        {
            (Request(backup), "PrivateKeyNotFound"),
            (Request(backup) with { Certificates = [other] }, "PrivateKeyNotFound"),
            (Request(backup) with { Certificates = [X509CertificateLoader.LoadCertificate(certificate.RawData)] }, "PrivateKeyNotFound"),
            (Request(backup) with { Passphrase = new Secret("a passphrase") }, "PassphraseWrong"),
        })
        {
            var refused = await Assert.ThrowsAsync<LettaDrException>(() => ConfigurationStack.RestoreAsync(_repository, request));
            Assert.Equal(id, refused.Id);
            Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
        }

        var without = await ConfigurationStack.RestoreAsync(_repository, Request(backup) with { SkipEncrypted = true });
        Assert.True(File.Exists(Path.Combine(_folder.Path, "common", "web.yaml")));
        Assert.False(File.Exists(Path.Combine(_folder.Path, ".env")));
        Assert.Contains(without.Files, file => file is { Path: ".env", Action: RestoredFileAction.Skip });
    }

    [ComposeFact]
    public async Task A_damaged_file_is_seen_before_anything_is_written()
    {
        using var certificate = TestCertificates.Create("CN=Operator");
        var backup = await stack.BackUpAsync(_repository, Sealing(certificate));
        var file = Path.Combine(backup.Path, backup.Manifest!.Configuration!.Files.Single(one => one.Path == "common/web.yaml").StoredAs!);
        var bytes = File.ReadAllBytes(file);
        bytes[10] ^= 1;
        File.WriteAllBytes(file, bytes);
        var refused = await Assert.ThrowsAsync<LettaDrException>(() => RestoreAsync(backup, certificate));
        Assert.Equal(FaultKind.DataCorrupt, refused.Kind);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [ComposeFact]
    public async Task A_missing_file_and_plain_credentials_are_warned_of_by_name()
    {
        var path = Path.Combine(stack.Folder, "settings", "providers.env");
        var text = File.ReadAllText(path);
        File.Delete(path);
        try
        {
            await SqlAsync("INSERT INTO providers VALUES ('provider-2', 'y', 'sk-plain', NULL)");
            var observer = new CollectingObserver();
            var backup = await stack.BackUpAsync(_repository, Sealing(), observer);
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
    public async Task A_key_that_does_not_decrypt_is_told_at_backup_and_at_restore()
    {
        using var certificate = TestCertificates.Create("CN=Operator");
        var right = LettaEncryption.Encrypt("value", stack.Key);
        await SqlAsync($"UPDATE providers SET api_key_enc = '{LettaEncryption.Encrypt("value", "another key")}'");
        try
        {
            var observer = new CollectingObserver();
            var backup = await stack.BackUpAsync(_repository, Sealing(certificate), observer);
            Assert.Contains(observer.Warnings, warning => warning.Contains("does not decrypt providers.api_key_enc of provider-1", StringComparison.Ordinal));
            // It may be plain text that only looks encrypted.
            Assert.Empty(backup.Manifest!.Configuration!.EncryptionKey!.Canary!.Value);
            var result = await RestoreAsync(backup, certificate);
            Assert.Equal(Outcome.Failed, result.EncryptionKey.Outcome);
        }
        finally
        {
            await SqlAsync($"UPDATE providers SET api_key_enc = '{right}'");
        }
    }

    [ComposeFact]
    public async Task Memory_comes_back_commit_by_commit_and_what_is_broken_is_named_and_kept()
    {
        var observer = new CollectingObserver();
        var backup = await stack.BackUpAsync(_repository, Sealing(), observer);
        var memory = backup.Manifest!.Memory!.Repositories;
        Assert.Equal(["agent-broken", "agent-empty", "agent-sound"], memory.Select(one => one.Agent));
        Assert.Contains(observer.Warnings, warning => warning.Contains("agent-broken", StringComparison.Ordinal) && warning.Contains("git fsck", StringComparison.Ordinal));
        var sound = memory.Single(one => one.Agent == "agent-sound");
        Assert.Null(sound.Problem);
        Assert.Equal(["refs/heads/main", "refs/heads/side", "refs/tags/v1"], sound.References.Keys);

        await ConfigurationStack.RestoreAsync(_repository, Request(backup));
        var path = Path.Combine(_folder.Path, sound.Path);
        Assert.Equal(
            stack.Run("cd ~/.letta/memfs/repository/org-1/agent-sound/repo.git && git log --all --format='%H %s %D' && git config core.bare && cat HEAD"),
            await Git(path, "log", "--all", "--format=%H %s %D") + await Git(path, "config", "core.bare") + File.ReadAllText(Path.Combine(path, "HEAD")));
        var broken = Path.Combine(_folder.Path, memory.Single(one => one.Agent == "agent-broken").Path);
        Assert.Equal(
            stack.Run("cd ~/.letta/memfs/repository/org-1/agent-broken/repo.git && find . -type f | sort | xargs sha256sum | sha256sum"),
            await Shell(broken, "find . -type f | LC_ALL=C sort | xargs sha256sum | sha256sum"));
    }

    [ComposeFact]
    public async Task Memory_is_of_the_moment_that_the_set_names()
    {
        await using var part = new MemoryBackupPart();
        var before = stack.Run("cd ~/.letta/memfs/repository/org-1/agent-sound/repo.git && git rev-parse main");
        try
        {
            var backup = await new BackupMaking(_repository.Directory, new CollectingObserver(), _repository.Journals).RunAsync(
                new SetRequest(stack.Deployment, null),
                [part, new BetweenParts(() => stack.Run("""
                    cd ~/.letta/memfs/repository/org-1/agent-sound/repo.git
                    git update-ref refs/heads/main $(git commit-tree -p main -m three main^{tree}) && git branch late main
                    """))],
                default);
            await ConfigurationStack.RestoreAsync(_repository, Request(backup));
            var path = Path.Combine(_folder.Path, backup.Manifest!.Memory!.Repositories.Single(one => one.Agent == "agent-sound").Path);
            Assert.Equal(before, await Git(path, "rev-parse", "main"));
            Assert.DoesNotContain("late", await Git(path, "for-each-ref"), StringComparison.Ordinal);
        }
        finally
        {
            stack.Run($"cd ~/.letta/memfs/repository/org-1/agent-sound/repo.git && git branch -D late && git update-ref refs/heads/main {before.Trim()}");
        }
    }

    [ComposeFact]
    public async Task Memory_of_a_stopped_server_is_copied_out()
    {
        var stopped = stack.Deployment with
        {
            Server = stack.Deployment.Server! with { Container = stack.Deployment.Server.Container! with { State = "exited" } },
        };
        var backup = await ConfigurationStack.BackUpAsync(stopped, _repository, Sealing());
        var memory = backup.Manifest!.Memory!.Repositories;
        Assert.Equal([false, false, true], memory.Select(one => one.Problem is null));
        Assert.Equal("refs/heads/main", memory[2].Head);
    }

    [ComposeFact]
    public async Task Images_travel_with_the_set()
    {
        var image = "lettadr-test/" + Guid.NewGuid().ToString("N")[..8] + ":1";
        Assert.True(ComposeStack.Run("docker", ["tag", TestImages.Redis, image], ".", out _));
        try
        {
            var deployment = stack.Deployment with
            {
                Containers = [stack.Deployment.Containers[0] with { Image = image }],
                Server = null,
            };
            var backup = await ConfigurationStack.BackUpAsync(deployment, _repository, Sealing(), images: true);
            Assert.Equal([image], backup.Manifest!.Configuration!.Images);
            Assert.True(backup.Parts.HasFlag(BackupParts.Images));
            var nothing = await ConfigurationStack.RestoreAsync(_repository, Request(backup) with { IncludeImages = true });
            Assert.Empty(nothing.LoadedImages);
            Assert.True(ComposeStack.Run("docker", ["rmi", image], ".", out _));
            var loaded = await ConfigurationStack.RestoreAsync(_repository, Request(backup) with { IncludeImages = true });
            Assert.Equal([image], loaded.LoadedImages);
            Assert.True(ComposeStack.Run("docker", ["image", "inspect", image], ".", out _));
        }
        finally
        {
            ComposeStack.Run("docker", ["rmi", image], ".", out _);
        }
    }

    [ComposeFact]
    public async Task Openssl_and_git_restore_by_hand_what_the_page_says()
    {
        var backup = await stack.BackUpAsync(_repository, new SecretSealing([], new Secret("correct horse")));
        var page = File.ReadAllText(Path.Combine(backup.Path, "RESTORE.txt"));
        Assert.DoesNotContain(stack.Mark, page, StringComparison.Ordinal);
        var decrypt = page.Split('\n').Single(line => line.Contains("-recip configuration/secrets", StringComparison.Ordinal)).Trim();
        await Shell(backup.Path, decrypt.Replace("FILE", "configuration/files/.env", StringComparison.Ordinal) + " -passin pass:'correct horse'");
        Assert.Equal(File.ReadAllText(Path.Combine(stack.Folder, ".env")), File.ReadAllText(Path.Combine(backup.Path, "configuration/files/.env")));
        var clone = page.Split('\n').Single(line => line.Contains("git clone", StringComparison.Ordinal)).Trim();
        var stored = backup.Manifest!.Memory!.Repositories.Single(one => one.Agent == "agent-sound").StoredAs;
        await Shell(backup.Path, clone.Replace("FILE.bundle", stored, StringComparison.Ordinal).Replace("PATH", Path.Combine(_folder.Path, "by-hand"), StringComparison.Ordinal).Replace("BARE", "false", StringComparison.Ordinal));
        Assert.Contains("two", await Git(Path.Combine(_folder.Path, "by-hand"), "log", "--format=%s", "main"), StringComparison.Ordinal);
    }

    private static SecretSealing Sealing(params X509Certificate2[] certificates) => new(certificates, null);

    private ConfigurationRestoreRequest Request(Backup backup) => new() { Backup = backup, Destination = _folder.Path };

    private Task<ConfigurationRestoreResult> RestoreAsync(Backup backup, X509Certificate2 certificate) =>
        ConfigurationStack.RestoreAsync(_repository, Request(backup) with { Certificates = [certificate] });

    private async Task SqlAsync(string sql)
    {
        await using var connection = await new PostgresConnector(stack.Deployment.Database, OperationId.Next()).OpenOnlyAsync(default);
        await PostgresConnector.ExecuteAsync(connection, "SET search_path TO agents; " + sql, default);
    }

    private void AssertNoMark(string folder)
    {
        var mark = Encoding.UTF8.GetBytes(stack.Mark);
        foreach (var file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : [])
        {
            Assert.False(File.ReadAllBytes(file).AsSpan().IndexOf(mark) >= 0, $"{file} holds a secret.");
        }
    }

    private static async Task<string> Git(string folder, params string[] arguments) => await LocalGit.RequireAsync(folder, arguments, default);

    private static Task<string> Shell(string folder, string script)
    {
        Assert.True(ComposeStack.Run("sh", ["-ec", script], folder, out var output), output);
        return Task.FromResult(output);
    }

    private static void WatchCommandLines(HashSet<string> lines, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
            {
                try
                {
                    lines.Add(File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' '));
                }
                catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
                {
                    // It has ended meanwhile.
                }
            }

            Thread.Sleep(10);
        }
    }

    /// <summary>Acts after the other parts have fixed their moment, and before they copy.</summary>
    private sealed class BetweenParts(Action act) : IBackupPart
    {
        public Task CaptureAsync(BackupDraft draft, CancellationToken cancellationToken)
        {
            act();
            return Task.CompletedTask;
        }

        public Task CopyAsync(BackupDraft draft, CancellationToken cancellationToken) => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
