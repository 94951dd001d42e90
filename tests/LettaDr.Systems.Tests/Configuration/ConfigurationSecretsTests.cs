using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace LettaDr.Systems.Tests;

/// <summary>A real project's secrets in a set: encrypted or left out, never told, opened by those alone who may.</summary>
[Collection(nameof(ConfigurationCollection))]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ConfigurationSecretsTests(ConfigurationStack stack) : ConfigurationTest(stack)
{
    [ComposeFact]
    public async Task Without_recipients_secrets_are_blanked_and_named()
    {
        var observer = new CollectingObserver();
        var backup = await Stack.BackUpAsync(Repository, Sealing(), observer);
        var part = backup.Manifest!.Configuration!;
        AssertNoMark(Repository.Path);
        Assert.Empty(part.Recipients);
        var warning = Assert.Single(observer.Warnings, text => text.Contains("Secrets are not in the set", StringComparison.Ordinal));
        foreach (var name in new[] { ".env: ", "OPENAI_API_KEY", "LETTA_ENCRYPTION_KEY", "AWS_SECRET_ACCESS_KEY", "token.txt", "SENTRY_DSN", "private key", "GITHUB_TOKEN", "credentials" })
        {
            Assert.Contains(name, warning, StringComparison.Ordinal);
        }

        Assert.NotNull(part.EncryptionKey!.Fingerprint);
        Assert.True(KeyFingerprint.Matches(part.EncryptionKey.Fingerprint, Stack.Key));
        var restoring = new CollectingObserver();
        var result = await ConfigurationStack.RestoreAsync(Repository, Request(backup), restoring);
        Assert.Equal(Outcome.NotRun, result.EncryptionKey.Outcome);
        var env = File.ReadAllText(Path.Combine(Folder.Path, ".env"));
        Assert.Contains("LETTA_MODEL=plain-model", env, StringComparison.Ordinal);
        Assert.Contains("OPENAI_API_KEY=********", env, StringComparison.Ordinal);
        Assert.Contains("postgresql+asyncpg://letta:********@letta-db:5432/agents", env, StringComparison.Ordinal);
        Assert.Contains("image: pgvector/pgvector:pg17", File.ReadAllText(Path.Combine(Folder.Path, "compose.yaml")), StringComparison.Ordinal);
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
            var backup = await Stack.BackUpAsync(Repository, new SecretSealing([certificate], new Secret(Stack.Mark + " the passphrase")), observer);
            await ConfigurationStack.RestoreAsync(Repository, Request(backup) with { Passphrase = new Secret(Stack.Mark + " the passphrase") }, observer);
            var wrong = await Assert.ThrowsAsync<LettaDrException>(() => ConfigurationStack.RestoreAsync(
                Repository, Request(backup) with { Passphrase = new Secret(Stack.Mark + " another") }, observer));
            observer.Warning(wrong.ToString());
            await watching.CancelAsync();
            await watch;
        }

        AssertNoMark(Repository.Path);
        var journals = Path.Combine(Repository.Path, "..", "local-journals");
        Assert.Equal(2, Directory.GetFiles(journals).Length);
        AssertNoMark(journals);
        var told = string.Join('\n', observer.Messages.Concat(observer.Warnings).Concat(observer.Reports.Select(report => report.ToString())));
        Assert.DoesNotContain(Stack.Mark, told, StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Contains("git", StringComparison.Ordinal));

        // The project itself hands Redis its password on its command line.
        Assert.DoesNotContain(lines, line => line.Contains(Stack.Mark, StringComparison.Ordinal) && !line.Contains("redis", StringComparison.Ordinal));
    }

    [ComposeFact]
    public async Task Keys_that_are_missing_or_wrong_are_told_and_nothing_is_touched()
    {
        using var certificate = TestCertificates.Create("CN=Operator");
        using var other = TestCertificates.Create("CN=Somebody else");
        var backup = await Stack.BackUpAsync(Repository, new SecretSealing([certificate], new Secret("the passphrase")));
        foreach (var (request, id) in new (ConfigurationRestoreRequest, string)[]
        {
            (Request(backup), "PrivateKeyNotFound"),
            (Request(backup) with { Certificates = [other] }, "PrivateKeyNotFound"),
            (Request(backup) with { Certificates = [X509CertificateLoader.LoadCertificate(certificate.RawData)] }, "PrivateKeyNotFound"),
            (Request(backup) with { Passphrase = new Secret("a passphrase") }, "PassphraseWrong"),
        })
        {
            var refused = await Assert.ThrowsAsync<LettaDrException>(() => ConfigurationStack.RestoreAsync(Repository, request));
            Assert.Equal(id, refused.Id);
            Assert.Empty(Directory.EnumerateFileSystemEntries(Folder.Path));
        }

        var without = await ConfigurationStack.RestoreAsync(Repository, Request(backup) with { SkipEncrypted = true });
        Assert.True(File.Exists(Path.Combine(Folder.Path, "common", "web.yaml")));
        Assert.False(File.Exists(Path.Combine(Folder.Path, ".env")));
        Assert.Contains(without.Files, file => file is { Path: ".env", Action: RestoredFileAction.Skip });
    }

    [ComposeFact]
    public async Task A_key_that_does_not_decrypt_is_told_at_backup_and_at_restore()
    {
        using var certificate = TestCertificates.Create("CN=Operator");
        var right = LettaEncryption.Encrypt("value", Stack.Key);
        await SqlAsync($"UPDATE providers SET api_key_enc = '{LettaEncryption.Encrypt("value", "another key")}'");
        try
        {
            var observer = new CollectingObserver();
            var backup = await Stack.BackUpAsync(Repository, Sealing(certificate), observer);
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
    public async Task Openssl_and_git_restore_by_hand_what_the_page_says()
    {
        var backup = await Stack.BackUpAsync(Repository, new SecretSealing([], new Secret("correct horse")));
        var page = File.ReadAllText(Path.Combine(backup.Path, "RESTORE.txt"));
        Assert.DoesNotContain(Stack.Mark, page, StringComparison.Ordinal);
        var decrypt = page.Split('\n').Single(line => line.Contains("-recip configuration/secrets", StringComparison.Ordinal)).Trim();
        await Shell(backup.Path, decrypt.Replace("FILE", "configuration/files/.env", StringComparison.Ordinal) + " -passin pass:'correct horse'");
        Assert.Equal(File.ReadAllText(Path.Combine(Stack.Folder, ".env")), File.ReadAllText(Path.Combine(backup.Path, "configuration/files/.env")));
        var clone = page.Split('\n').Single(line => line.Contains("git clone", StringComparison.Ordinal)).Trim();
        var stored = backup.Manifest!.Memory!.Repositories.Single(one => one.Agent == "agent-sound").StoredAs;
        await Shell(backup.Path, clone.Replace("FILE.bundle", stored, StringComparison.Ordinal).Replace("PATH", Path.Combine(Folder.Path, "by-hand"), StringComparison.Ordinal).Replace("BARE", "false", StringComparison.Ordinal));
        Assert.Contains("two", await Git(Path.Combine(Folder.Path, "by-hand"), "log", "--format=%s", "main"), StringComparison.Ordinal);
    }

    private void AssertNoMark(string folder)
    {
        var mark = Encoding.UTF8.GetBytes(Stack.Mark);
        foreach (var file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : [])
        {
            Assert.False(File.ReadAllBytes(file).AsSpan().IndexOf(mark) >= 0, $"{file} holds a secret.");
        }
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
}
