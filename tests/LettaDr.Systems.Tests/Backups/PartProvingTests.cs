namespace LettaDr.Systems.Tests;

/// <summary>A set without a database is proven part by part, and each planted fault is found by the check of its part alone.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class PartProvingTests(ConfigurationStack stack) : IClassFixture<ConfigurationStack>, IDisposable
{
    private static readonly string[] Names = ["RestoredIdentical", "ClusterRecovers", "CacheLoads", "MemorySound", "SecretsOpen", "EncryptionKeyProven", "PgBackRestVerifies", "PgBackRestRecovers"];
    private readonly TemporaryRepository _repository = new();
    private readonly Secret _passphrase = new("open sesame of the proof");

    public void Dispose() => _repository.Dispose();

    [ComposeFact]
    public async Task A_good_set_passes_part_by_part_and_its_proof_says_which()
    {
        var backup = await BackUpAsync();
        Assert.Equal(BackupParts.Cache | BackupParts.Configuration | BackupParts.Memory, backup.Parts);

        var results = await TestAsync(_repository, backup, _passphrase);
        Assert.Equal(
            [Outcome.NotRun, Outcome.NotRun, Outcome.Passed, Outcome.Passed, Outcome.Passed, Outcome.Passed, Outcome.NotRun, Outcome.NotRun], results.Select(one => one.Result.Outcome));
        Assert.Equal([false, false, true, true, true, true, false, false], results.Select(one => one.Asked));
        Assert.Contains("keys", results[2].Result.Evidence, StringComparison.Ordinal);
        Assert.Contains("3 memory repositories", results[3].Result.Evidence, StringComparison.Ordinal);
        Assert.Contains("provider-1", results[5].Result.Evidence, StringComparison.Ordinal);
        var proof = Assert.Single(_repository.Directory.List(null, false)).LastProof!;
        Assert.Equal((Outcome.Passed, string.Join(',', Names[2..^2])), (proof.Outcome, string.Join(',', proof.Proven)));
        Assert.DoesNotContain(stack.Mark, proof.ToString() + string.Concat(results), StringComparison.Ordinal);

        // Nobody who gave no key asked for what is encrypted; the set is proven without.
        var without = await TestAsync(_repository, backup, null);
        Assert.Equal([Outcome.NotRun, Outcome.NotRun, Outcome.Passed, Outcome.Passed, Outcome.NotRun, Outcome.NotRun, Outcome.NotRun, Outcome.NotRun], without.Select(one => one.Result.Outcome));
        Assert.Equal([false, false, true, true, false, false, false, false], without.Select(one => one.Asked));
        Assert.All(without.Where(one => one.Result.Outcome == Outcome.NotRun), one => Assert.NotNull(one.Result.Remedy));
        Assert.Equal(["CacheLoads", "MemorySound"], Assert.Single(_repository.Directory.List(null, false)).LastProof!.Proven);

        // Bytes alone prove nothing.
        var bytes = await TestAsync(_repository, backup, _passphrase, restore: false);
        Assert.All(bytes, one => Assert.Equal((Outcome.NotRun, false), (one.Result.Outcome, one.Asked)));
    }

    [ComposeFact]
    public async Task A_damaged_or_poorer_cache_is_found()
    {
        var backup = await BackUpAsync();
        var part = backup.Manifest!.Cache!;
        using var fewer = SetEditor.EditManifest(_repository, backup, manifest => manifest with { Cache = part with { Keys = part.Keys + 1 } });
        await AssertFailsAloneAsync(fewer, "CacheLoads", $"the manifest says {part.Keys + 1} keys");

        var snapshot = part.Files.Single(name => name.EndsWith(".base.rdb", StringComparison.Ordinal));
        using var flipped = SetEditor.EditFile(_repository, backup, snapshot, Flipped, reseal: true);
        await AssertFailsAloneAsync(flipped, "CacheLoads", "throw-away Redis could not load");

        var commands = part.Files.Single(name => name.EndsWith(".incr.aof", StringComparison.Ordinal));
        using var cut = SetEditor.EditFile(_repository, backup, commands, bytes => bytes[..^9], reseal: true);
        await AssertFailsAloneAsync(cut, "CacheLoads", "keys");
    }

    [ComposeFact]
    public async Task A_truncated_bundle_and_a_lost_branch_are_found()
    {
        var backup = await BackUpAsync();
        var sound = backup.Manifest!.Memory!.Repositories.Single(one => one.Problem is null);
        using var cut = SetEditor.EditFile(_repository, backup, sound.StoredAs, bytes => bytes[..(bytes.Length * 3 / 4)], reseal: true);
        await AssertFailsAloneAsync(cut, "MemorySound", "agent-sound");

        using var flipped = SetEditor.EditFile(_repository, backup, sound.StoredAs, bytes => Flipped(bytes, bytes.Length * 3 / 4), reseal: true);
        await AssertFailsAloneAsync(flipped, "MemorySound", "agent-sound");

        var other = new SortedDictionary<string, string>(sound.References.ToDictionary()) { ["refs/heads/lost"] = new string('1', 40) };
        using var lost = SetEditor.EditManifest(_repository, backup, manifest => manifest with
        {
            Memory = manifest.Memory! with { Repositories = [.. manifest.Memory.Repositories.Select(one => one.Agent == sound.Agent ? one with { References = other } : one)] },
        });
        await AssertFailsAloneAsync(lost, "MemorySound", "branches and tags");
    }

    [ComposeFact]
    public async Task What_does_not_open_and_a_key_of_another_database_are_found()
    {
        var backup = await BackUpAsync();
        var file = backup.Manifest!.Configuration!.Files.First(one => one.Protection == FileProtection.Encrypted && !one.Secrets.Contains("LETTA_ENCRYPTION_KEY")).StoredAs!;
        using var cut = SetEditor.EditFile(_repository, backup, file, bytes => bytes[..^20], reseal: true);
        await AssertFailsAloneAsync(cut, "SecretsOpen", "cannot be decrypted");

        using var otherKey = SetEditor.EditManifest(_repository, backup, manifest => manifest with
        {
            Configuration = manifest.Configuration! with
            {
                EncryptionKey = manifest.Configuration.EncryptionKey! with
                {
                    Canary = manifest.Configuration.EncryptionKey.Canary! with { Value = LettaEncryption.Encrypt("x", "another key") },
                },
            },
        });
        await AssertFailsAloneAsync(otherKey, "EncryptionKeyProven", "does not decrypt");

        var wrong = await TestAsync(_repository, backup, new Secret("not the one"));
        Assert.Equal(
            ["SecretsOpen", "EncryptionKeyProven"], wrong.Where(one => one is { Asked: true, Result.Outcome: Outcome.Failed }).Select(one => one.Result.Name));
        Assert.All(wrong.Where(one => one.Result.Outcome == Outcome.Failed), one => Assert.Contains("passphrase", one.Result.Evidence, StringComparison.Ordinal));
    }

    private async Task<Backup> BackUpAsync()
    {
        Assert.True(ComposeStack.Run(
            "docker", ["exec", "-e", $"REDISCLI_AUTH={stack.Mark}-redis", stack.Deployment.Cache!.Container!.Id!, "redis-cli", "mset", "one", "1", "two", "2", "three", "3"], ".", out var output), output);
        await using var configuration = new ConfigurationBackupPart(new SecretSealing([], _passphrase), includeImages: false);
        await using var memory = new MemoryBackupPart();
        await using var cache = await CacheBackupPart.OpenAsync(stack.Deployment, default);
        return await new BackupMaking(_repository.Directory, new CollectingObserver(), _repository.Journals)
            .RunAsync(new SetRequest(stack.Deployment, null), [configuration, memory, cache], default);
    }

    private async Task AssertFailsAloneAsync(SetEditor edited, string name, string evidence)
    {
        var results = await TestAsync(edited.Repository, edited.Backup, _passphrase);
        var failed = Assert.Single(results, one => one.Result.Outcome == Outcome.Failed);
        Assert.Equal(name, failed.Result.Name);
        Assert.Contains(evidence, failed.Result.Evidence, StringComparison.Ordinal);
        Assert.NotNull(failed.Result.Remedy);
        var listed = Assert.Single(edited.Repository.Directory.List(null, false));
        Assert.Null(listed.ProvenAt);
        Assert.Equal(Outcome.Failed, listed.LastProof!.Outcome);
        Assert.DoesNotContain(name, listed.LastProof.Proven);
    }

    /// <summary>The checks of the parts; those of the bytes have passed.</summary>
    private static async Task<List<BackupTestResult>> TestAsync(TemporaryRepository repository, Backup backup, Secret? passphrase, bool restore = true)
    {
        var observer = new CollectingObserver();
        var checks = BackupPartChecks.Of(repository.Directory, observer, 2, null, [], passphrase, default);
        var results = await new BackupTesting(repository.Directory, observer, checks).RunAsync(backup, restore, default);
        Assert.Equal(["ManifestIntact", "FilesComplete", "FilesIntact", .. Names], results.Select(one => one.Result.Name));
        Assert.All(results.Take(3), one => Assert.Equal(Outcome.Passed, one.Result.Outcome));
        return [.. results.Skip(3)];
    }

    private static byte[] Flipped(byte[] bytes) => Flipped(bytes, bytes.Length - 3);

    private static byte[] Flipped(byte[] bytes, int at)
    {
        var changed = bytes.ToArray();
        changed[at] ^= 1;
        return changed;
    }
}
