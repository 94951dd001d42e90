using System.Text.Json;

namespace LettaDr.Tests;

public sealed class FingerprintTests
{
    public static TheoryData<long, string> Values => new()
    {
        { 0, "0:00000000000000000000000000000000" },
        { 1, "1:00000000000000000000000000000001" },
        { 500_000, "500000:0123456789abcdef0123456789abcdef" },
        { long.MaxValue, "9223372036854775807:ffffffffffffffffffffffffffffffff" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Text_and_value_are_one(long rows, string text)
    {
        var fingerprint = Fingerprint.Parse(text);

        Assert.Equal(rows, fingerprint.Rows);
        Assert.Equal(text, fingerprint.ToString());
        Assert.Equal(fingerprint, JsonSerializer.Deserialize<Fingerprint>(JsonSerializer.Serialize(fingerprint)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData(":00000000000000000000000000000001")]
    [InlineData("5:0")]
    [InlineData("-5:00000000000000000000000000000001")]
    [InlineData("5:0000000000000000000000000000000g")]
    [InlineData(" 5:00000000000000000000000000000001")]
    [InlineData("5:000000000000000000000000000000011")]
    [InlineData("5: 0000000000000000000000000000001")]
    public void What_is_none_is_refused(string text) => Assert.ThrowsAny<FormatException>(() => Fingerprint.Parse(text));

    [Fact]
    public void Rows_beyond_a_long_are_refused_in_JSON_as_JSON_does() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Fingerprint>("\"99999999999999999999:00000000000000000000000000000001\""));

    [Fact]
    public void Adding_does_not_depend_on_the_order_and_wraps_around()
    {
        var random = new Random(7);
        var parts = Enumerable.Range(0, 50)
            .Select(i => new Fingerprint(random.Next(), new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64()) * 97)).ToList();
        var sum = parts.Aggregate((left, right) => left + right);

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(sum, parts.OrderBy(_ => random.Next()).Aggregate((left, right) => left.Add(right)));
        }

        Assert.Equal(new Fingerprint(2, 1), new Fingerprint(1, UInt128.MaxValue) + new Fingerprint(1, 2));
        Assert.Equal(sum, sum + default(Fingerprint));
    }

    [Fact]
    public void The_same_sum_of_other_rows_is_another_fingerprint() =>
        Assert.NotEqual(new Fingerprint(1, 8), new Fingerprint(2, 8));
}
