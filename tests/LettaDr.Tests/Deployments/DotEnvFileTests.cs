namespace LettaDr.Tests;

public sealed class DotEnvFileTests
{
    [Theory]
    [InlineData("A=b", "b")]
    [InlineData("A=", "")]
    [InlineData("  A = b c  ", "b c")]
    [InlineData("A: b", "b")]
    [InlineData("export A=b", "b")]
    [InlineData("A=b # comment", "b")]
    [InlineData("A=b#no comment", "b#no comment")]
    [InlineData("A=#comment", "")]
    [InlineData("A='b # c' # comment", "b # c")]
    [InlineData("A='$HOME \\n'", "$HOME \\n")]
    [InlineData("A=\"b\\tc\\n\\\"d\\\" \\\\ \\$x\"", "b\tc\n\"d\" \\ $x")]
    [InlineData("A=\"${OUT:-none}/$OUT\"", "outside/outside")]
    [InlineData("A=${OUT}x", "outsidex")]
    [InlineData("A=pa$5word", "pa$5word")]
    [InlineData("A=p=q==", "p=q==")]
    [InlineData("A=b\r", "b")]
    [InlineData("A=1\nA=2", "2")]
    public void Reads_a_value(string text, string expected) => Assert.Equal(expected, Parse(text)["A"].Value);

    [Fact]
    public void Later_lines_see_earlier_ones_but_the_outside_wins()
    {
        var read = Parse("\uFEFF# first\n\nUSER_NAME=letta\nOUT=file\nURI=pg://$USER_NAME@$OUT");
        Assert.Equal("pg://letta@outside", read["URI"].Value);
        Assert.Equal(".env line 5 (USER_NAME from .env line 3, OUT from the outside)", read["URI"].Source);
    }

    [Fact]
    public void A_bare_name_is_inherited()
    {
        var read = Parse("OUT\nMISSING");
        Assert.Equal("outside", read["OUT"].Value);
        Assert.False(read.ContainsKey("MISSING"));
    }

    [Theory]
    [InlineData("A=b\nB='open s3cret")]
    [InlineData("A=b\nB=\"open s3cret\\\"")]
    [InlineData("A=b\n=s3cret")]
    [InlineData("A=b\nB C=s3cret")]
    public void Malformed_lines_are_named_by_number_without_their_text(string text)
    {
        var fault = Assert.Throws<LettaDrException>(() => Parse(text));
        Assert.Contains(".env line 2", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", fault.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyDictionary<string, SourcedText> Parse(string text) =>
        DotEnvFile.Parse(text, ".env", name => name == "OUT" ? new SourcedText("outside", "the outside") : null);
}
