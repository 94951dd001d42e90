using System.Text;

namespace LettaDr.Systems.Tests;

public sealed class CatalogTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private readonly TemporaryRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void The_newest_comes_first_whatever_the_order_of_making_and_the_deployment()
    {
        var second = SyntheticSet.Publish(_repository, "one", Noon.AddHours(1));
        var third = SyntheticSet.Publish(_repository, "two", Noon);
        var first = SyntheticSet.Publish(_repository, "one", Noon.AddHours(2), "a label");

        Assert.Equal([first.Id, second.Id, third.Id], Ids(null));
        Assert.Equal([first.Id, second.Id], Ids("one"));
        Assert.Empty(Ids("three"));
        var listed = _repository.Catalog.List("one", includeIncomplete: false)[0];
        Assert.Equal(
            ("one", BackupState.Complete, "a label", Noon.AddHours(2), TimeSpan.FromSeconds(5), 2, first.Path),
            (listed.Deployment, listed.State, listed.Label, listed.SnapshotTime, listed.Duration, listed.Rows, listed.Path));
    }

    [Fact]
    public void What_is_being_written_is_listed_only_when_asked_for()
    {
        var whole = SyntheticSet.Publish(_repository, "one", Noon);
        using var guard = SyntheticSet.Lock(_repository, "one");
        using var writing = _repository.Directory.CreateSet("one", "20261122T130000Z-abcdef");
        writing.OpenWrite("part").Dispose();

        Assert.Equal([whole.Id], Ids("one"));
        var incomplete = _repository.Catalog.List("one", includeIncomplete: true)[0];
        Assert.Equal(
            ("20261122T130000Z-abcdef", BackupState.Incomplete, Noon.AddHours(1)), (incomplete.Id, incomplete.State, incomplete.SnapshotTime));
        Assert.NotNull(incomplete.Problem);
        Assert.Equal(whole.Id, _repository.Catalog.Resolve("latest", "one").Id);
    }

    [Fact]
    public void A_damaged_manifest_is_shown_as_damaged_and_is_never_the_latest()
    {
        var older = SyntheticSet.Publish(_repository, "one", Noon);
        var newer = SyntheticSet.Publish(_repository, "one", Noon.AddHours(1));
        var path = Path.Combine(newer.Path, BackupManifest.FileName);
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);

        var damaged = Assert.Single(_repository.Catalog.List("one", includeIncomplete: false), backup => backup.Id == newer.Id);

        Assert.Equal((BackupState.Damaged, (BackupManifest?)null), (damaged.State, damaged.Manifest));
        Assert.Contains("damaged", damaged.Problem, StringComparison.Ordinal);
        Assert.Equal(older.Id, _repository.Catalog.Resolve("LATEST", "one").Id);
    }

    [Fact]
    public void Every_flipped_bit_of_a_manifest_shows()
    {
        var backup = SyntheticSet.Publish(_repository, "one", Noon);
        var whole = File.ReadAllBytes(Path.Combine(backup.Path, BackupManifest.FileName));

        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<LettaDrException>(() => ManifestSerializer.Read(damaged, "there"));
        }
    }

    [Fact]
    public void A_set_of_a_newer_format_is_told_of_by_both_numbers()
    {
        var backup = SyntheticSet.Publish(_repository, "one", Noon);
        var newer = $$"""{"format": {{BackupManifest.CurrentFormat + 1}}, "chunks": [1, 2, 3]}""";
        File.WriteAllText(Path.Combine(backup.Path, BackupManifest.FileName), newer);

        var listed = Assert.Single(_repository.Catalog.List("one", includeIncomplete: false));

        Assert.Equal(BackupState.Damaged, listed.State);
        Assert.Contains($"format {BackupManifest.CurrentFormat + 1}", listed.Problem, StringComparison.Ordinal);
        Assert.Contains($"reads up to {BackupManifest.CurrentFormat}", listed.Problem, StringComparison.Ordinal);
        Assert.Equal(
            "BackupFormatTooNew", Assert.Throws<LettaDrException>(() => ManifestSerializer.Read(Encoding.UTF8.GetBytes(newer), "there")).Id);
        Assert.All(
            new BackupVerification(_repository.Directory, new CollectingObserver()).Check(listed, CancellationToken.None),
            check => Assert.NotEqual(Outcome.Passed, check.Outcome));
    }

    [Fact]
    public void A_set_is_found_by_its_id_and_by_its_path_and_what_is_not_there_is_said()
    {
        var one = SyntheticSet.Publish(_repository, "one", Noon);
        var two = SyntheticSet.Publish(_repository, "two", Noon.AddDays(-1));

        Assert.Equal(two.Path, _repository.Catalog.Resolve(two.Id, null).Path);
        Assert.Equal(two.Path, _repository.Catalog.Resolve(two.Path + "/", null).Path);
        Assert.Equal(two.Path, _repository.Catalog.Resolve("latest", "two").Path);
        Assert.Equal(one.Path, _repository.Catalog.Resolve("latest", null).Path);
        foreach (var (text, deployment) in new[] { ("20260101T000000Z-000000", null), ("latest", "three"), ("one", (string?)null) })
        {
            Assert.Equal("BackupNotFound", Assert.Throws<LettaDrException>(() => _repository.Catalog.Resolve(text, deployment)).Id);
        }
    }

    [Fact]
    public void A_place_without_a_repository_is_no_empty_repository()
    {
        using var nowhere = new TemporaryRepository(Path.Combine(_repository.Path, "nowhere"));

        Assert.Equal("RepositoryNotFound", Assert.Throws<LettaDrException>(() => nowhere.Catalog.List(null, includeIncomplete: false)).Id);
    }

    [Fact]
    public void A_set_is_never_overwritten_by_another_of_its_id()
    {
        var first = SyntheticSet.Publish(_repository, "one", Noon, content: "first");
        var files = Directory.EnumerateFiles(first.Path, "*", SearchOption.AllDirectories).ToDictionary(path => path, File.ReadAllBytes);

        var refusal = Assert.Throws<LettaDrException>(
            () => SyntheticSet.Publish(_repository, "one", Noon.AddHours(1), id: first.Id, content: "second"));

        Assert.Equal(("BackupExists", FaultKind.AlreadyExists), (refusal.Id, refusal.Kind));
        Assert.All(files, file => Assert.Equal(file.Value, File.ReadAllBytes(file.Key)));
        Assert.Single(_repository.Catalog.List("one", includeIncomplete: true));
    }

    [Fact]
    public void A_set_that_appears_while_another_of_its_id_is_written_wins()
    {
        const string Id = "20261122T120000Z-abcdef";
        using var guard = SyntheticSet.Lock(_repository, "one");
        using (var set = _repository.Directory.CreateSet("one", Id))
        {
            set.OpenWrite("file").Dispose();
            Directory.CreateDirectory(_repository.Directory.SetPath("one", Id));
            Assert.Equal(
                "BackupExists",
                Assert.Throws<LettaDrException>(() => set.Publish(new BackupManifest
                {
                    Format = 1, Id = Id, Deployment = "one", Writer = "test", StartedAt = Noon, CompletedAt = Noon, Files = set.Files,
                })).Id);
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_repository.Directory.SetPath("one", Id)));
        Assert.False(Directory.Exists(_repository.Directory.IncompletePath("one", Id)));
    }

    [Fact]
    public void A_set_of_which_a_file_did_not_reach_the_disk_is_not_published_and_leaves_nothing()
    {
        const string Id = "20261122T120000Z-abcdef";
        using var guard = SyntheticSet.Lock(_repository, "one");
        using (var set = new DirectorySetWriter(_repository.Directory, "one", Id, Fail))
        {
            set.OpenWrite("file").Dispose();
            var failure = Assert.Throws<LettaDrException>(() => set.Publish(new BackupManifest
            {
                Format = 1, Id = Id, Deployment = "one", Writer = "test", StartedAt = Noon, CompletedAt = Noon, Files = set.Files,
            }));
            Assert.Contains("the disk is gone", failure.InnerException!.Message, StringComparison.Ordinal);
        }

        Assert.Empty(_repository.Catalog.List("one", includeIncomplete: true));
        Assert.False(Directory.Exists(_repository.Directory.IncompletePath("one", Id)));

        static void Fail(FileStream file) => throw new IOException("the disk is gone");
    }

    [Fact]
    public void A_file_that_a_program_wrote_becomes_one_of_the_set_with_its_digest_and_nothing_else_of_its_folder_does()
    {
        const string Id = "20261122T120000Z-abcdef";
        using var guard = SyntheticSet.Lock(_repository, "one");
        using var set = _repository.Directory.CreateSet("one", Id);
        var written = Path.Combine(set.Incoming!, "written");
        File.WriteAllBytes(written, new byte[3_000_000]);
        File.WriteAllText(Path.Combine(set.Incoming!, "left"), "not taken");

        set.Take(written, "cluster/taken.zst");

        var file = Assert.Single(set.Files);
        Assert.Equal(("cluster/taken.zst", 3_000_000, Hex.Lower(System.Security.Cryptography.SHA256.HashData(new byte[3_000_000]))), (file.Name, file.Size, file.Sha256));
        var backup = set.Publish(new BackupManifest
        {
            Format = 1, Id = Id, Deployment = "one", Writer = "test", StartedAt = Noon, CompletedAt = Noon, Files = set.Files,
        });
        Assert.Equal(
            ["cluster/taken.zst", "manifest.json"],
            Directory.EnumerateFiles(backup.Path, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(backup.Path, path)).Order(StringComparer.Ordinal));
        Assert.Equal(["cluster"], Directory.EnumerateDirectories(backup.Path).Select(Path.GetFileName));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(Path.Combine(backup.Path, "cluster/taken.zst")));
        }
    }

    [Fact]
    public void A_set_of_which_a_program_s_file_cannot_be_read_is_not_published()
    {
        const string Id = "20261122T120000Z-abcdef";
        using var guard = SyntheticSet.Lock(_repository, "one");
        using (var set = _repository.Directory.CreateSet("one", Id))
        {
            Directory.CreateDirectory(Path.Combine(set.Incoming!, "copy"));
            Assert.Throws<LettaDrException>(() => set.Take(Path.Combine(set.Incoming!, "copy", "lost"), "cluster/lost.zst"));
        }

        Assert.Empty(_repository.Catalog.List("one", includeIncomplete: true));
    }

    private IEnumerable<string> Ids(string? deployment) =>
        _repository.Catalog.List(deployment, includeIncomplete: false).Select(backup => backup.Id);
}
