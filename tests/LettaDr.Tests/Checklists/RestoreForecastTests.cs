namespace LettaDr.Tests;

public sealed class RestoreForecastTests
{
    private const long Then = 123_456_789;

    [Theory]
    [InlineData(1, 80)]
    [InlineData(2, 140)]
    [InlineData(11, 680)]
    [InlineData(0.5, 50)]
    public void What_moved_bytes_or_built_indexes_grows_with_the_live_database(double factor, double seconds)
    {
        var row = Measure(RecoveryCase.With(RecoveryCase.Restore()) with { DatabaseBytes = (long)(Then * factor) });

        Assert.Equal(seconds, row.Forecast!.Value.TotalSeconds, 1.0);
        Assert.Equal(TimeSpan.FromSeconds(80), row.Actual);
        Assert.Contains("117.7 MiB then, ", row.ForecastBasis, StringComparison.Ordinal);
        Assert.Contains("Load the rows 100.0 MiB/s", row.ForecastBasis, StringComparison.Ordinal);
    }

    [Fact]
    public void An_objective_that_todays_size_would_miss_is_not_met()
    {
        var row = Measure(RecoveryCase.With(RecoveryCase.Restore()) with { DatabaseBytes = 200 * Then });

        Assert.Equal(Outcome.Failed, row.Outcome);
        Assert.Contains("With today's sizes it would take about 3:20:20", row.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_deployment_the_newest_set_tells_the_size()
    {
        var larger = RecoveryCase.Set(RecoveryCase.Now, id: "20261122T125900Z-abcdef");
        larger = larger with { Manifest = larger.Manifest! with { Database = larger.Manifest.Database! with { Bytes = 2 * Then } } };

        var row = Measure(RecoveryCase.With(RecoveryCase.Restore()) with { Sets = [larger, RecoveryCase.Set()], IsLive = false });

        Assert.Equal(140, row.Forecast!.Value.TotalSeconds, 1.0);
        Assert.Contains("in the newest set", row.ForecastBasis, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, 2_000, 80)]
    [InlineData(200, 32 << 20, 140)]
    [InlineData(200, 160L << 20, 620)]
    public void What_was_too_small_to_have_a_rate_is_not_made_hours_of(long then, long now, double seconds)
    {
        var set = RecoveryCase.Set(parts: BackupParts.Cache);
        Backup Sized(string id, DateTimeOffset time, long bytes) => set with
        {
            Id = id, SnapshotTime = time, Manifest = set.Manifest! with { Cache = set.Manifest.Cache! with { Bytes = bytes } },
        };
        var evidence = RecoveryCase.With(RecoveryCase.Restore("RestoreCache")) with { Sets = [Sized(set.Id, Sample.Moment, then), Sized("newer", RecoveryCase.Now, now)] };

        Assert.Equal(seconds, Measure(evidence, RecoveryComponent.Cache).Forecast!.Value.TotalSeconds, 1.0);
    }

    [Fact]
    public void A_systems_forecast_takes_its_parts_by_their_own_journals()
    {
        var system = RecoveryCase.System();
        var evidence = RecoveryCase.With(system, RecoveryCase.Restore(id: system.Id)) with { DatabaseBytes = 2 * Then };

        Assert.Equal(150, Measure(evidence).Forecast!.Value.TotalSeconds, 1.0);
        Assert.Equal(1860, Measure(evidence, RecoveryComponent.System).Forecast!.Value.TotalSeconds, 1.0);
        Assert.Equal(25, Measure(evidence, RecoveryComponent.Server).Forecast!.Value.TotalSeconds, 1.0);
    }

    [Fact]
    public void Where_the_set_is_gone_or_the_stages_are_unknown_nothing_is_forecast()
    {
        var gone = Measure(RecoveryCase.With(RecoveryCase.Restore(set: "20261101T120000Z-abcdef")));
        var bare = Measure(RecoveryCase.With(RecoveryCase.System()));

        Assert.All(new[] { gone, bare }, row => Assert.Equal((Outcome.Passed, null), (row.Outcome, row.Forecast)));
        Assert.Contains("not there any more", gone.ForecastBasis, StringComparison.Ordinal);
        Assert.Contains("No journal", bare.ForecastBasis, StringComparison.Ordinal);
    }

    private static RecoveryObjective Measure(RecoveryEvidence evidence, RecoveryComponent component = RecoveryComponent.Database) =>
        RecoveryCase.Measure(evidence, RecoveryObjectiveKind.RTO, component);
}
