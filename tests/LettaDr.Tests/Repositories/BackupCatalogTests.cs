namespace LettaDr.Tests;

public sealed class BackupCatalogTests
{
    private static readonly Backup Old = Sample.Set(Sample.Moment.AddDays(-1));
    private static readonly Backup New = Sample.Set(Sample.Moment);
    private static readonly Backup Other = Sample.Set(Sample.Moment.AddDays(1), deployment: "other");
    private static readonly Backup Broken = Sample.Set(Sample.Moment.AddDays(2), BackupState.Damaged);
    private static readonly Backup Half = Sample.Set(Sample.Moment.AddDays(3), BackupState.Incomplete);

    private readonly BackupCatalog _catalog = new(new FakeRepository(Old, Half, New, Broken, Other));

    [Fact]
    public void Sets_are_listed_newest_first_and_what_is_not_finished_only_when_asked_for()
    {
        Assert.Equal([Broken, Other, New, Old], _catalog.List(null, includeIncomplete: false));
        Assert.Equal([Half, Broken, New, Old], _catalog.List("letta", includeIncomplete: true));
    }

    [Theory]
    [InlineData("latest")]
    [InlineData("LATEST")]
    public void Latest_is_the_newest_complete_set_of_the_deployment(string text)
    {
        Assert.Equal(New, _catalog.Resolve(text, "letta"));
        Assert.Equal(Other, _catalog.Resolve(text, null));
    }

    [Fact]
    public void Latest_is_the_newest_that_holds_the_part_needed()
    {
        var cache = Sample.Set(Sample.Moment.AddHours(1), parts: BackupParts.Cache);
        var catalog = new BackupCatalog(new FakeRepository(cache, New));

        Assert.Equal(cache, catalog.Resolve("latest", "letta"));
        Assert.Equal(New, catalog.Resolve("latest", "letta", BackupParts.Database));
        Assert.Contains("Configuration", Assert.Throws<LettaDrException>(() => catalog.Resolve("latest", "letta", BackupParts.Configuration)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_is_found_by_id_and_by_path()
    {
        Assert.Equal(Old, _catalog.Resolve(Old.Id, "letta"));
        Assert.Equal(Old, _catalog.Resolve(Old.Path + "/", null));
    }

    [Theory]
    [InlineData("latest", "none")]
    [InlineData("20200101T000000Z-000000", "letta")]
    public void What_is_not_there_is_told_with_where_and_what_to_do(string text, string deployment)
    {
        var refusal = Assert.Throws<LettaDrException>(() => _catalog.Resolve(text, deployment));

        Assert.Equal(("BackupNotFound", FaultKind.NotFound), (refusal.Id, refusal.Kind));
        Assert.Contains("/repository", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Get-LettaBackup", refusal.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_that_was_never_finished_cannot_be_named() =>
        Assert.Throws<LettaDrException>(() => _catalog.Resolve(Half.Id, "letta"));
}
