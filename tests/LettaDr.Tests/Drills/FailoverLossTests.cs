namespace LettaDr.Tests;

public sealed class FailoverLossTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly (int Number, DateTimeOffset At)[] Acknowledged = [.. Enumerable.Range(1, 10).Select(number => (number, Noon.AddSeconds(number)))];

    [Fact]
    public void Nothing_lost_is_no_time() => Assert.Equivalent(new FailoverLoss([], true, TimeSpan.Zero), FailoverLoss.Of(Acknowledged, [.. Enumerable.Range(1, 10)]));

    [Fact]
    public void A_lag_loses_the_end_and_is_measured_from_the_last_row_that_is_there()
    {
        var loss = FailoverLoss.Of(Acknowledged, [.. Enumerable.Range(1, 7)]);

        Assert.Equal([8, 9, 10], loss.Lost);
        Assert.Equal((true, TimeSpan.FromSeconds(3)), (loss.IsSuffix, loss.Time));
    }

    [Fact]
    public void A_hole_in_the_middle_is_no_lag() => Assert.False(FailoverLoss.Of(Acknowledged, [1, 2, 3, 5, 6, 7, 8, 9, 10]).IsSuffix);

    [Fact]
    public void All_lost_is_the_whole_time() => Assert.Equal(TimeSpan.FromSeconds(9), FailoverLoss.Of(Acknowledged, []).Time);
}
