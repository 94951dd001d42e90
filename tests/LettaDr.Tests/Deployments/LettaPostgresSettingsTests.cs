namespace LettaDr.Tests;

public sealed class LettaPostgresSettingsTests
{
    [Fact]
    public void The_uri_goes_before_the_parts()
    {
        var found = Find(("LETTA_PG_URI", "postgresql://a:b@one/x"), ("LETTA_PG_HOST", "two"));
        Assert.Equal("a@one:5432/x", found!.Value.Endpoint.ToString());
        Assert.Equal("test LETTA_PG_URI", found.Value.Sources["Host"]);
    }

    [Fact]
    public void Parts_have_letta_s_defaults_and_their_own_sources()
    {
        var (endpoint, sources) = Find(("LETTA_PG_HOST", "two"), ("LETTA_PG_PORT", "6000"), ("LETTA_PG_PASSWORD", "p@ss"))!.Value;
        Assert.Equal("letta@two:6000/letta", endpoint.ToString());
        Assert.Equal("p@ss", endpoint.Password!.Reveal());
        Assert.Equal("test LETTA_PG_PORT", sources["Port"]);
        Assert.Equal("Letta's default", sources["User"]);
    }

    [Fact]
    public void Nothing_set_or_set_to_nothing_names_no_database()
    {
        Assert.Null(Find());
        Assert.Null(Find(("LETTA_PG_URI", string.Empty), ("LETTA_PG_PASSWORD", "x")));
    }

    [Fact]
    public void A_malformed_variable_is_named_without_its_value()
    {
        var fault = Assert.Throws<LettaDrException>(() => Find(("LETTA_PG_URI", "postgresql://a:s3cret/x@h/d")));
        Assert.Contains("LETTA_PG_URI", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", fault.ToString(), StringComparison.Ordinal);
        Assert.Throws<LettaDrException>(() => Find(("LETTA_PG_HOST", "h"), ("LETTA_PG_PORT", "five")));
    }

    private static (DatabaseEndpoint Endpoint, IReadOnlyDictionary<string, string> Sources)? Find(params (string Name, string Value)[] variables) =>
        LettaPostgresSettings.Find(variables.ToDictionary(v => v.Name, v => new SourcedText(v.Value, "test " + v.Name)));
}
