namespace LettaDr.Tests;

public sealed class OperationIdTests
{
    [Fact]
    public void Identifiers_differ_and_carry_their_time()
    {
        var ids = Enumerable.Range(0, 100_000).Select(_ => OperationId.Next()).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[0-9]{8}T[0-9]{6}Z-[0-9a-f]{6}$", id));
        Assert.All(ids, id => Assert.InRange(OperationId.TimeOf(id)!.Value, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow));
    }

    [Fact]
    public void The_time_is_of_UTC() =>
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 13, 14, 15, TimeSpan.Zero), OperationId.TimeOf("20261122T131415Z-0a1b2c"));

    [Theory]
    [InlineData("")]
    [InlineData("latest")]
    [InlineData("20261122T131415Z")]
    [InlineData("20261322T131415Z-0a1b2c")]
    [InlineData("20261122T131415Z_0a1b2c")]
    [InlineData("20261122T131415Z-0a1b2c3")]
    public void What_is_none_has_no_time(string text) => Assert.Null(OperationId.TimeOf(text));
}
