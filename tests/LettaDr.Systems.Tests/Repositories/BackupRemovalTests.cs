namespace LettaDr.Systems.Tests;

public sealed class BackupRemovalTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private readonly TemporaryRepository _repository = new();

    private BackupRemoval Removal => new(_repository.Directory);

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void The_last_set_of_a_deployment_stays_unless_forced()
    {
        var last = SyntheticSet.Publish(_repository, "one", Noon);
        SyntheticSet.Publish(_repository, "two", Noon);

        Assert.Equal("BackupIsLast", Assert.Throws<LettaDrException>(() => Removal.Remove(last, force: false)).Id);
        Assert.Single(Listed("one"));

        Removal.Remove(last, force: true);
        Assert.Empty(Listed("one"));
        Assert.Single(Listed("two"));
    }

    [Fact]
    public void The_last_set_proven_restorable_stays_unless_forced()
    {
        var proven = SyntheticSet.Publish(_repository, "one", Noon);
        SyntheticSet.Prove(_repository, proven);
        var unproven = SyntheticSet.Publish(_repository, "one", Noon.AddHours(1));
        var failed = SyntheticSet.Publish(_repository, "one", Noon.AddHours(2));
        SyntheticSet.Prove(_repository, failed, Outcome.Failed);

        Assert.Equal("BackupIsLastProven", Assert.Throws<LettaDrException>(() => Removal.Remove(Relisted(proven), force: false)).Id);
        Removal.Remove(Relisted(failed), force: false);
        Assert.Equal(2, Listed("one").Count);

        SyntheticSet.Prove(_repository, unproven);
        Removal.Remove(Relisted(proven), force: false);
        Assert.Equal(unproven.Id, Assert.Single(Listed("one")).Id);
    }

    [Fact]
    public void A_damaged_set_counts_as_none()
    {
        var whole = SyntheticSet.Publish(_repository, "one", Noon);
        var damaged = SyntheticSet.Publish(_repository, "one", Noon.AddHours(1));
        File.WriteAllText(Path.Combine(damaged.Path, BackupManifest.FileName), "{}");

        Assert.Equal("BackupIsLast", Assert.Throws<LettaDrException>(() => Removal.Remove(whole, force: false)).Id);
        Removal.Remove(Relisted(damaged), force: false);
        Assert.Equal(whole.Id, Assert.Single(Listed("one")).Id);
    }

    [Fact]
    public void A_proof_of_other_bytes_under_the_same_id_proves_nothing()
    {
        var backup = SyntheticSet.Publish(_repository, "one", Noon);
        SyntheticSet.Prove(_repository, backup with { Manifest = backup.Manifest! with { Seal = new string('0', 64) } });

        Assert.Null(Relisted(backup).LastProof);
        Assert.Null(Relisted(backup).ProvenAt);
    }

    [Fact]
    public void Nothing_is_removed_while_somebody_writes_there()
    {
        SyntheticSet.Publish(_repository, "one", Noon);
        var backup = SyntheticSet.Publish(_repository, "one", Noon.AddHours(1));
        using (SyntheticSet.Lock(_repository, "one"))
        {
            Assert.Equal("RepositoryLocked", Assert.Throws<LettaDrException>(() => Removal.Remove(backup, force: true)).Id);
        }

        Assert.Equal(2, Listed("one").Count);
        Removal.Remove(backup, force: false);
        Assert.Single(Listed("one"));
    }

    [Fact]
    public void A_set_goes_with_its_files_and_its_proof()
    {
        SyntheticSet.Publish(_repository, "one", Noon);
        var backup = SyntheticSet.Publish(_repository, "one", Noon.AddHours(1));
        SyntheticSet.Prove(_repository, backup);

        Removal.Remove(Relisted(backup), force: true);

        Assert.DoesNotContain(
            Directory.EnumerateFileSystemEntries(_repository.Path, "*", SearchOption.AllDirectories),
            path => path.Contains(backup.Id, StringComparison.Ordinal));
    }

    [RootFact]
    public void A_removal_that_is_cut_short_leaves_no_half_set_in_the_list_and_the_next_run_ends_it()
    {
        SyntheticSet.Publish(_repository, "one", Noon);
        var backup = SyntheticSet.Publish(_repository, "one", Noon.AddHours(1));
        var hidden = Path.Combine(Path.GetDirectoryName(backup.Path)!, ".removed-" + backup.Id);
        var mounted = new MountedFolder(kilobytes: 64, Path.Combine(backup.Path, "rows"));
        try
        {
            // A mounted folder cannot be deleted: the removal fails half-way.
            Assert.Throws<LettaDrException>(() => Removal.Remove(backup, force: false));

            Assert.True(Directory.Exists(hidden));
            Assert.DoesNotContain(_repository.Catalog.List("one", includeIncomplete: true), listed => listed.Id == backup.Id);
        }
        finally
        {
            (mounted with { Path = Path.Combine(hidden, "rows") }).Dispose();
        }

        using var guard = SyntheticSet.Lock(_repository, "one");
        Assert.Equal([hidden], _repository.Directory.Sweep("one"));
        Assert.False(Directory.Exists(hidden));
        Assert.Single(Listed("one"));
    }

    private IReadOnlyList<Backup> Listed(string deployment) => _repository.Catalog.List(deployment, includeIncomplete: false);

    private Backup Relisted(Backup backup) => Listed(backup.Deployment).Single(listed => listed.Id == backup.Id);
}
