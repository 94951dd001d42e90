namespace LettaDr.Tests;

public sealed class RetentionPlannerTests
{
    private static readonly RetentionPolicy Default = new();

    [Fact]
    public void The_default_keeps_24_hours_7_days_4_weeks_6_months() => Assert.Equal(new RetentionPolicy(24, 7, 4, 6), Default);

    [Fact]
    public void Nothing_is_decided_about_nothing() => Assert.Empty(RetentionPlanner.Decide([], Default));

    [Fact]
    public void Sets_of_every_ten_minutes_for_a_year_leave_exactly_the_newest_of_each_period()
    {
        var now = new DateTimeOffset(2026, 11, 22, 12, 5, 0, TimeSpan.Zero);
        var sets = Enumerable.Range(0, 6 * 24 * 365).Select(i => Sample.Set(now.AddMinutes(-10 * i))).ToList();

        var kept = RetentionPlanner.Decide(sets, Default).Where(decision => decision.Keep).ToList();

        string[] expected =
        [
            .. Enumerable.Range(0, 24).Select(i => now.AddHours(-i)).Select((time, i) => "hourly " + time.ToString("yyyy-MM-dd HH:00", null)),
            .. Enumerable.Range(0, 7).Select(i => "daily " + now.AddDays(-i).ToString("yyyy-MM-dd", null)),
            "weekly 2026-W47", "weekly 2026-W46", "weekly 2026-W45", "weekly 2026-W44",
            "monthly 2026-11", "monthly 2026-10", "monthly 2026-09", "monthly 2026-08", "monthly 2026-07", "monthly 2026-06",
            "newest",
        ];
        Assert.Equal(expected.Order(), kept.SelectMany(decision => decision.Reasons).Order());
        foreach (var decision in kept)
        {
            Assert.All(decision.Reasons, reason => Assert.Equal(NewestOf(sets, reason).Id, decision.Backup.Id));
        }
    }

    [Fact]
    public void A_set_that_is_the_newest_of_several_periods_has_all_the_reasons()
    {
        var set = Sample.Set(Sample.Moment, proven: true);

        var decision = Assert.Single(RetentionPlanner.Decide([set], Default));

        Assert.True(decision.Keep);
        Assert.False(decision.Removed);
        Assert.Equal(
            ["hourly 2026-11-22 12:00", "daily 2026-11-22", "weekly 2026-W47", "monthly 2026-11", "newest", "last proven"], decision.Reasons);
    }

    [Theory]
    [InlineData("2026-11-22T23:59:59+00:00", "2026-11-23T00:00:00+00:00", 2)]
    [InlineData("2026-11-23T00:30:00+01:00", "2026-11-22T23:10:00+00:00", 1)]
    [InlineData("2026-11-22T19:30:00-05:00", "2026-11-22T23:10:00+00:00", 2)]
    public void Days_are_days_of_UTC_whatever_the_time_zone_of_the_set(string first, string second, int days)
    {
        Backup[] sets = [Sample.Set(Time(first)), Sample.Set(Time(second))];

        var daily = RetentionPlanner.Decide(sets, new RetentionPolicy(0, 9, 0, 0)).SelectMany(decision => decision.Reasons)
            .Count(reason => reason.StartsWith("daily", StringComparison.Ordinal));

        Assert.Equal(days, daily);
    }

    [Fact]
    public void The_hour_that_a_clock_of_summer_time_has_twice_is_two_hours()
    {
        Backup[] sets = [Sample.Set(Time("2026-10-25T02:30:00+02:00")), Sample.Set(Time("2026-10-25T02:30:00+01:00"))];

        var reasons = RetentionPlanner.Decide(sets, new RetentionPolicy(24, 0, 0, 0)).SelectMany(decision => decision.Reasons);

        Assert.Contains("hourly 2026-10-25 00:00", reasons);
        Assert.Contains("hourly 2026-10-25 01:00", reasons);
    }

    [Theory]
    [InlineData("2026-12-31T12:00:00Z", "2027-01-01T12:00:00Z", "weekly 2026-W53")]
    [InlineData("2024-12-30T00:00:00Z", "2025-01-05T23:59:59Z", "weekly 2025-W01")]
    [InlineData("2021-01-01T00:00:00Z", "2021-01-03T23:59:59Z", "weekly 2020-W53")]
    public void A_week_over_new_year_is_one_week(string first, string second, string week)
    {
        var decisions = RetentionPlanner.Decide([Sample.Set(Time(first)), Sample.Set(Time(second))], new RetentionPolicy(0, 0, 4, 0));

        Assert.Equal([week, "newest"], decisions[0].Reasons);
        Assert.Empty(decisions[1].Reasons);
    }

    [Fact]
    public void Sunday_and_Monday_are_of_two_weeks()
    {
        var decisions = RetentionPlanner.Decide(
            [Sample.Set(Time("2026-11-22T23:59:59Z")), Sample.Set(Time("2026-11-23T00:00:00Z"))], new RetentionPolicy(0, 0, 2, 0));

        Assert.Equal(["weekly 2026-W48", "newest"], decisions[0].Reasons);
        Assert.Equal(["weekly 2026-W47"], decisions[1].Reasons);
    }

    [Fact]
    public void After_a_pause_of_a_year_nothing_has_grown_too_old()
    {
        var end = Time("2025-11-20T12:00:00Z");
        var old = Enumerable.Range(0, 24 * 200).Select(i => Sample.Set(end.AddHours(-i))).ToList();
        var before = Kept(old);

        var after = Kept([.. old, Sample.Set(end.AddYears(1))]);

        // One new set takes one place in each tier: at most the last period of each falls out.
        Assert.InRange(before.Except(after).Count(), 0, 4);
        Assert.True(after.Count >= before.Count - 3, $"{after.Count} of {before.Count} are left");
    }

    [Fact]
    public void The_last_proven_set_is_kept_however_old()
    {
        var proven = Sample.Set(Sample.Moment.AddYears(-3), proven: true);
        var olderProven = Sample.Set(Sample.Moment.AddYears(-4), proven: true);
        var sets = Enumerable.Range(0, 400).Select(i => Sample.Set(Sample.Moment.AddHours(-i))).Append(proven).Append(olderProven);

        var decisions = RetentionPlanner.Decide(sets, new RetentionPolicy(1, 1, 1, 1));

        Assert.Equal(["last proven"], decisions.Single(decision => decision.Backup == proven).Reasons);
        Assert.False(decisions.Single(decision => decision.Backup == olderProven).Keep);
    }

    [Fact]
    public void The_last_proven_set_of_each_part_is_kept()
    {
        var database = Sample.Set(Sample.Moment.AddYears(-3), proven: true);
        var cache = Sample.Set(Sample.Moment.AddYears(-2), proven: true, parts: BackupParts.Cache);
        var sets = Enumerable.Range(0, 400).Select(i => Sample.Set(Sample.Moment.AddHours(-i), parts: BackupParts.Database | BackupParts.Cache)).Append(database).Append(cache);

        var decisions = RetentionPlanner.Decide(sets, new RetentionPolicy(1, 1, 1, 1));

        Assert.Equal(["last proven"], decisions.Single(decision => decision.Backup == database).Reasons);
        Assert.Equal(["last proven (Cache)"], decisions.Single(decision => decision.Backup == cache).Reasons);
    }

    [Fact]
    public void A_set_whose_proof_failed_is_not_the_last_proven()
    {
        var set = Sample.Set(Sample.Moment.AddYears(-3));
        var refuted = set with { LastProof = Sample.Proof(set.Id, Outcome.Failed) };

        var decisions = RetentionPlanner.Decide([refuted, Sample.Set(Sample.Moment)], new RetentionPolicy(1, 0, 0, 0));

        Assert.False(decisions[1].Keep);
    }

    [Fact]
    public void Policy_of_nought_keeps_the_newest_alone()
    {
        var decisions = RetentionPlanner.Decide(
            Enumerable.Range(0, 50).Select(i => Sample.Set(Sample.Moment.AddHours(-i))), new RetentionPolicy(0, 0, 0, 0));

        Assert.Equal([true, .. Enumerable.Repeat(false, 49)], decisions.Select(decision => decision.Keep));
        Assert.Equal(["newest"], decisions[0].Reasons);
    }

    [Theory]
    [InlineData(BackupState.Incomplete)]
    [InlineData(BackupState.Damaged)]
    public void A_set_that_is_not_complete_is_neither_decided_on_nor_counted(BackupState state)
    {
        var whole = Sample.Set(Sample.Moment.AddMinutes(-5));

        var decision = Assert.Single(RetentionPlanner.Decide([Sample.Set(Sample.Moment, state), whole], Default));

        Assert.Equal(whole, decision.Backup);
        Assert.Contains("newest", decision.Reasons);
    }

    [Fact]
    public void Decisions_come_newest_first_and_do_not_depend_on_the_order_given()
    {
        var sets = Enumerable.Range(0, 300).Select(i => Sample.Set(Sample.Moment.AddHours(-7 * i))).ToList();

        var straight = RetentionPlanner.Decide(sets, Default);
        var reversed = RetentionPlanner.Decide(Enumerable.Reverse(sets), Default);

        Assert.Equal(sets.Select(set => set.Id), straight.Select(decision => decision.Backup.Id));
        Assert.Equal(straight.Select(Text), reversed.Select(Text));

        static string Text(RetentionDecision decision) => decision.Backup.Id + string.Join(',', decision.Reasons);
    }

    [Fact]
    public void Sets_of_the_cache_alone_do_not_push_out_the_database()
    {
        var database = Sample.Set(Sample.Moment.AddHours(-9));
        var caches = Enumerable.Range(0, 9).Select(i => Sample.Set(Sample.Moment.AddHours(-i), parts: BackupParts.Cache)).ToList();

        var decisions = RetentionPlanner.Decide([database, .. caches], new RetentionPolicy(2, 0, 0, 0));

        Assert.Equal(["hourly 2026-11-22 03:00", "newest"], decisions.Single(decision => decision.Backup == database).Reasons);
        Assert.Equal(["hourly 2026-11-22 12:00 (Cache)", "newest (Cache)"], decisions[0].Reasons);
        Assert.Equal(["hourly 2026-11-22 11:00 (Cache)"], decisions[1].Reasons);
        Assert.All(decisions.Skip(2).SkipLast(1), decision => Assert.False(decision.Keep));
    }

    [Fact]
    public void A_set_of_the_whole_system_says_each_reason_once()
    {
        var whole = Sample.Set(Sample.Moment, parts: BackupParts.Database | BackupParts.Cache | BackupParts.Configuration);

        var decision = Assert.Single(RetentionPlanner.Decide([whole], new RetentionPolicy(1, 0, 0, 0)));

        Assert.Equal(["hourly 2026-11-22 12:00", "newest"], decision.Reasons);
    }

    [Fact]
    public void Physical_sets_are_a_generation_of_their_own_and_what_a_kept_one_builds_on_is_kept()
    {
        var full = Sample.Physical(Sample.Moment.AddDays(-3));
        var first = Sample.Physical(Sample.Moment.AddDays(-2), full);
        var second = Sample.Physical(Sample.Moment.AddDays(-1), first);
        var side = Sample.Physical(Sample.Moment.AddHours(-30), first);
        var logical = Enumerable.Range(0, 9).Select(i => Sample.Set(Sample.Moment.AddHours(-i)));

        var decisions = RetentionPlanner.Decide([full, first, second, side, .. logical], new RetentionPolicy(1, 0, 0, 0)).ToDictionary(decision => decision.Backup);

        Assert.Equal(["hourly 2026-11-21 12:00 (Cluster)", "newest (Cluster)"], decisions[second].Reasons);
        Assert.Equal([$"needed by {second.Id}"], decisions[first].Reasons);
        Assert.Equal([$"needed by {second.Id}"], decisions[full].Reasons);
        Assert.False(decisions[side].Keep);
        Assert.Equal(1, decisions.Values.Count(decision => decision.Keep && decision.Backup.Parts == BackupParts.Database));
    }

    private static List<string> Kept(IEnumerable<Backup> sets) =>
        [.. RetentionPlanner.Decide(sets, Default).Where(decision => decision.Keep).Select(decision => decision.Backup.Id)];

    private static Backup NewestOf(List<Backup> sets, string reason) => sets.First(set => reason == "newest"
        || reason == "hourly " + set.SnapshotTime.ToString("yyyy-MM-dd HH:00", null)
        || reason == "daily " + set.SnapshotTime.ToString("yyyy-MM-dd", null)
        || reason == "monthly " + set.SnapshotTime.ToString("yyyy-MM", null)
        || reason == "weekly 2026-W" + System.Globalization.ISOWeek.GetWeekOfYear(set.SnapshotTime.UtcDateTime));

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
