using System.Globalization;

namespace LettaDr.Tests;

public sealed class DueJobsTests
{
    [Theory]
    [InlineData(DrJob.Backup, "02:11", "12:00", true)]
    [InlineData(DrJob.Readiness, "06:11", "15:00", true)]
    [InlineData(DrJob.FullRestore, "02:11", "02:11", true)]
    [InlineData(DrJob.FullRestore, "02:11", "03:10", true)]
    [InlineData(DrJob.FullRestore, "02:11", "03:11", false)]
    [InlineData(DrJob.Validation, "01:41", "12:00", false)]
    [InlineData(DrJob.DataCorruption, "23:41", "00:20", true)]
    [InlineData(DrJob.DataCorruption, "23:41", "23:40", false)]
    public void A_time_missed_days_ago_is_made_good_at_once_or_at_its_own_hour(DrJob job, string missed, string now, bool begins) =>
        Assert.Equal(begins, DueJobs.MayBegin(job, On(4, missed, winter: true), On(14, now, winter: false)));

    [Fact]
    public void A_time_that_has_not_come_is_not_made_good() =>
        Assert.False(DueJobs.MayBegin(DrJob.Backup, On(14, "12:05", winter: true), On(14, "12:00", winter: true)));

    // The clocks were changed in between: it is the hour on the wall that counts.
    private static DateTimeOffset On(int day, string time, bool winter) => new(
        new DateOnly(2026, 3, day), TimeOnly.Parse(time, CultureInfo.InvariantCulture), TimeSpan.FromHours(winter ? -5 : -4));
}
