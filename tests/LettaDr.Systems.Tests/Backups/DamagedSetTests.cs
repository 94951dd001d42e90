namespace LettaDr.Systems.Tests;

[Collection(nameof(BackupServer))]
public sealed class DamagedSetTests(PostgresServer server) : IDisposable
{
    private readonly TemporaryRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [DockerFact(TestImages.Postgres)]
    public async Task One_flipped_bit_or_one_byte_less_in_any_file_is_found_and_never_restored()
    {
        var letta = await server.CreateLettaDatabaseAsync();
        var backup = await LettaOperations.BackUpAsync(letta, _repository);
        Assert.All(Verify(), check => Assert.Equal(Outcome.Passed, check.Outcome));
        var files = _repository.SetFiles().Select(path => Path.Combine(_repository.Path, path)).ToList();
        Assert.Equal(backup.Manifest!.Files.Count + 1, files.Count);
        Assert.Contains(files, file => file.EndsWith(".copy.zst", StringComparison.Ordinal));
        await PostgresServer.ExecuteAsync(letta, "CREATE TABLE since_then AS SELECT 1 AS x");

        foreach (var file in files)
        {
            var whole = await File.ReadAllBytesAsync(file);
            foreach (var (what, damaged, restore) in Damages(whole))
            {
                await File.WriteAllBytesAsync(file, damaged);

                var checks = Verify();
                Assert.True(checks.Any(check => check.Outcome == Outcome.Failed), $"{what} of {file} was not found");
                Assert.DoesNotContain(checks, check => check.Outcome == Outcome.Failed && string.IsNullOrEmpty(check.Remedy));
                if (restore && Path.GetFileName(file) != BackupManifest.InstructionsFileName)
                {
                    await RefusesToRestoreAsync(letta, $"{what} of {file}");
                }
            }

            await File.WriteAllBytesAsync(file, whole);
        }

        Assert.All(Verify(), check => Assert.Equal(Outcome.Passed, check.Outcome));
    }

    [DockerFact(TestImages.Postgres)]
    public async Task A_file_too_many_or_missing_is_found_by_name()
    {
        var letta = await server.UnchangedLettaDatabaseAsync();
        var backup = await LettaOperations.BackUpAsync(letta, _repository);

        foreach (var file in backup.Manifest!.Files)
        {
            var path = Path.Combine(backup.Path, file.Name);
            File.Move(path, path + ".away");
            Assert.Contains(Verify(), check => check is { Name: "FilesComplete", Outcome: Outcome.Failed }
                && check.Evidence.Contains($"missing: {file.Name}", StringComparison.Ordinal)
                && check.Evidence.Contains($"not in the manifest: {file.Name}.away", StringComparison.Ordinal));
            Assert.Contains(Verify(), check => check is { Name: "FilesIntact", Outcome: Outcome.Failed });
            await RefusesToRestoreAsync(letta, "the missing " + file.Name);
            File.Move(path + ".away", path);
        }

        File.Delete(Path.Combine(backup.Path, BackupManifest.FileName));
        Assert.Equal(BackupState.Incomplete, Assert.Single(_repository.Catalog.List(null, includeIncomplete: true)).State);
    }

    private IReadOnlyList<CheckResult> Verify() =>
        new BackupVerification(_repository.Directory, new CollectingObserver()).Check(Listed(), CancellationToken.None);

    private Backup Listed() => Assert.Single(_repository.Catalog.List(null, includeIncomplete: true));

    private async Task RefusesToRestoreAsync(LettaDeployment letta, string what)
    {
        var before = await PostgresServer.LinesAsync(letta, "SELECT datname, oid FROM pg_database ORDER BY 1");

        var failure = await Record.ExceptionAsync(() => LettaOperations.RestoreAsync(letta, _repository, Listed()));

        Assert.True(failure is LettaDrException { Kind: FaultKind.DataCorrupt }, $"{what}: {failure}");
        Assert.Equal(before, await PostgresServer.LinesAsync(letta, "SELECT datname, oid FROM pg_database ORDER BY 1"));
    }

    private static IEnumerable<(string What, byte[] Bytes, bool Restore)> Damages(byte[] whole)
    {
        foreach (var (where, index) in new[] { ("first", 0), ("middle", whole.Length / 2), ("last", whole.Length - 1) })
        {
            var flipped = (byte[])whole.Clone();
            flipped[index] ^= 4;
            yield return ($"a bit of the {where} byte", flipped, where == "middle");
        }

        yield return ("the last byte less", whole[..^1], true);
        yield return ("a byte more", [.. whole, 0], false);
        yield return ("nothing left", [], false);
    }
}
