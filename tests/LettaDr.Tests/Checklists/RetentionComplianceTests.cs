namespace LettaDr.Tests;

public sealed class RetentionComplianceTests
{
    private static readonly DateTimeOffset Now = RecoveryCase.Now;
    private static readonly RetentionPolicy Policy = new();

    [Fact]
    public void Hourly_sets_with_retention_applied_comply()
    {
        Assert.Empty(RetentionCompliance.Problems(Kept(Hours(24 * 200)), Policy, Now));
        Assert.Empty(RetentionCompliance.Problems(Kept(Hours(3)), Policy, Now));
    }

    [Fact]
    public void A_late_timer_is_no_gap_and_a_missed_one_is()
    {
        Assert.Empty(RetentionCompliance.Problems([.. Hours(10).Where(set => Age(set) != 5), RecoveryCase.Set(Now.AddHours(-5.4), id: "late")], Policy, Now));

        var problem = Assert.Single(RetentionCompliance.Problems([.. Hours(10).Where(set => Age(set) != 5)], Policy, Now));
        Assert.Contains("hourly", problem, StringComparison.Ordinal);
        Assert.Contains(Now.AddHours(-6).ToString("u", null), problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Backups_that_have_stopped_are_a_gap_up_to_now() =>
        Assert.Contains("and now", RetentionCompliance.Problems([.. Hours(10).Where(set => Age(set) > 2)], Policy, Now)[0], StringComparison.Ordinal);

    [Theory]
    [InlineData(2, 4, "daily")]
    [InlineData(9, 20, "weekly")]
    [InlineData(40, 100, "monthly")]
    public void Generations_that_are_missing_are_told_by_their_tier(int fromDays, int toDays, string tier)
    {
        var sets = Hours(24 * 200).Where(set => Age(set) < fromDays * 24 || Age(set) > toDays * 24);

        Assert.Contains(RetentionCompliance.Problems(Kept(sets), Policy, Now), problem => problem.Contains(tier, StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_policy_dropped_days_ago_and_is_still_there_is_told()
    {
        var problem = Assert.Single(RetentionCompliance.Problems([.. Hours(24 * 5)], Policy, Now));

        Assert.Contains("does not keep", problem, StringComparison.Ordinal);
        Assert.Empty(RetentionCompliance.Problems([.. Hours(30)], Policy, Now));
    }

    [Fact]
    public void A_tier_that_is_not_wanted_has_no_gaps() => Assert.Empty(RetentionCompliance.Problems(
        [.. Hours(24 * 20).Where(set => Age(set) % 24 == 0)], new RetentionPolicy(Hourly: 0, Daily: 30, Weekly: 0, Monthly: 0), Now));

    [Fact]
    public void No_set_at_all_does_not_comply() => Assert.Single(RetentionCompliance.Problems([RecoveryCase.Set(Now, BackupParts.Cache)], Policy, Now));

    private static IEnumerable<Backup> Hours(int count) =>
        Enumerable.Range(0, count).Select(hour => RecoveryCase.Set(Now.AddHours(-hour), id: $"set-{99999 - hour:00000}"));

    private static double Age(Backup set) => (Now - set.SnapshotTime).TotalHours;

    private static Backup[] Kept(IEnumerable<Backup> sets) => [.. RetentionPlanner.Decide(sets, Policy).Where(decision => decision.Keep).Select(decision => decision.Backup)];
}
