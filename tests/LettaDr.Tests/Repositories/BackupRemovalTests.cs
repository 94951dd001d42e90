namespace LettaDr.Tests;

public sealed class BackupRemovalTests
{
    private static readonly Backup Proven = Sample.Set(Sample.Moment.AddDays(-1), proven: true);
    private static readonly Backup New = Sample.Set(Sample.Moment);

    [Fact]
    public void The_only_set_and_the_only_proven_one_are_not_removed()
    {
        Assert.Equal("BackupIsLast", Refusal(New, New));
        Assert.Equal("BackupIsLastProven", Refusal(Proven, Proven, New));
        Assert.Equal("BackupIsLast", Refusal(New, New, Sample.Set(Sample.Moment, deployment: "other")));
        Assert.Equal("BackupIsLast", Refusal(New, New, Sample.Set(Sample.Moment, BackupState.Damaged)));
    }

    [Fact]
    public void The_only_set_with_a_part_is_not_removed()
    {
        var whole = Sample.Set(Sample.Moment, parts: BackupParts.Database | BackupParts.Cache);

        Assert.Equal("BackupIsLast", Refusal(whole, whole, New));
        new BackupRemoval(new FakeRepository(whole, New, Sample.Set(Sample.Moment, parts: BackupParts.Cache))).Remove(whole, force: false);
    }

    [Fact]
    public void Others_are_removed_under_the_lock()
    {
        var repository = new FakeRepository(Proven, New);

        new BackupRemoval(repository).Remove(New, force: false);

        Assert.Equal([Proven], repository.List(null, includeIncomplete: true));
        Assert.False(repository.Locked);
    }

    [Fact]
    public void With_force_and_what_is_no_backup_anyhow_goes()
    {
        var half = Sample.Set(Sample.Moment, BackupState.Incomplete);
        var repository = new FakeRepository(New, half);

        new BackupRemoval(repository).Remove(half, force: false);
        new BackupRemoval(repository).Remove(New, force: true);

        Assert.Empty(repository.List(null, includeIncomplete: true));
    }

    [Fact]
    public void Removing_is_refused_under_the_lock_too()
    {
        var repository = new FakeRepository(Proven, New);

        Assert.Throws<LettaDrException>(() => new BackupRemoval(repository).Remove(Proven, force: false));

        Assert.Equal(2, repository.List(null, includeIncomplete: true).Count);
        Assert.False(repository.Locked);
    }

    [Fact]
    public void What_another_set_builds_on_is_not_removed_whatever_the_force()
    {
        var full = Sample.Physical(Sample.Moment.AddDays(-3));
        var first = Sample.Physical(Sample.Moment.AddDays(-2), full);
        var second = Sample.Physical(Sample.Moment.AddDays(-1), first);
        var other = Sample.Physical(Sample.Moment);
        var repository = new FakeRepository(full, first, second, other);
        var removal = new BackupRemoval(repository);

        var refusal = Assert.Throws<LettaDrException>(() => removal.Remove(full, force: true));

        Assert.Equal("BackupIsNeeded", refusal.Id);
        Assert.Contains($"{second.Id}, {first.Id} build(s) on it", refusal.Message, StringComparison.Ordinal);
        removal.Remove(second, force: false);
        removal.Remove(first, force: false);
        removal.Remove(full, force: false);
        Assert.Equal([other], repository.List(null, includeIncomplete: true));
    }

    private static string Refusal(Backup backup, params Backup[] all)
    {
        var refusal = Assert.Throws<LettaDrException>(() => new BackupRemoval(new FakeRepository(all)).Check(backup, force: false));
        Assert.Contains("-Force", refusal.Remedy, StringComparison.Ordinal);
        return refusal.Id;
    }
}
