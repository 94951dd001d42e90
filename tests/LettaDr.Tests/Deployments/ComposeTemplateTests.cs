namespace LettaDr.Tests;

public sealed class ComposeTemplateTests
{
    private static readonly Dictionary<string, SourcedText> Variables = new()
    {
        ["SET"] = new("value", ".env line 1"),
        ["EMPTY"] = new(string.Empty, ".env line 2"),
        ["DOLLAR"] = new("a$b", ".env line 3"),
    };

    [Theory]
    [InlineData("$SET", "value")]
    [InlineData("${SET}", "value")]
    [InlineData("a${SET}b$SET-c", "avaluebvalue-c")]
    [InlineData("$$SET $$$SET", "$SET $value")]
    [InlineData("$UNSET|${UNSET}", "|")]
    [InlineData("${UNSET:-x}${EMPTY:-y}${SET:-z}", "xyvalue")]
    [InlineData("${UNSET-x}${EMPTY-y}${SET-z}", "xvalue")]
    [InlineData("${UNSET:+x}${EMPTY:+y}${SET:+z}", "z")]
    [InlineData("${UNSET+x}${EMPTY+y}${SET+z}", "yz")]
    [InlineData("${SET:?needed}${EMPTY?needed}", "value")]
    [InlineData("${UNSET:-}", "")]
    [InlineData("${UNSET:-a:b-c?d+e}", "a:b-c?d+e")]
    [InlineData("${UNSET:-{\"a\":1}}", "{\"a\":1}")]
    [InlineData("${UNSET:-$$x}", "$x")]
    [InlineData("${DOLLAR}", "a$b")]
    [InlineData("${A:-${B:-${C:-${SET}}}}", "value")]
    [InlineData("${SET:+in ${UNSET:-${SET}} out}", "in value out")]
    public void Replaces_as_compose_does(string text, string expected) => Assert.Equal(expected, Expand(text).Value);

    [Fact]
    public void Letta_s_own_nested_uri()
    {
        const string text = "${LETTA_PG_URI:-postgresql://${LETTA_PG_USER:-letta}:${LETTA_PG_PASSWORD:-hush}@${LETTA_DB_HOST:-letta-db}:${LETTA_PG_PORT:-5432}/${LETTA_PG_DB:-letta}}";
        var expanded = Expand(text);
        Assert.Equal("postgresql://letta:hush@letta-db:5432/letta", expanded.Value);
        Assert.Contains("default of ${LETTA_PG_USER:-letta}", expanded.Source, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", expanded.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_has_no_limit_of_its_own()
    {
        var text = "end";
        for (var i = 0; i < 500; i++)
        {
            text = $"${{N{i}:-{text}}}";
        }

        Assert.Equal("end", Expand(text).Value);
    }

    [Fact]
    public void Tells_where_a_value_came_from()
    {
        Assert.Equal("here (SET from .env line 1)", Expand("${SET:-x}").Source);
        Assert.Equal("here (default of ${UNSET:-x})", Expand("${UNSET:-x}").Source);
        Assert.Equal("here (UNSET is not set)", Expand("$UNSET").Source);
        Assert.Equal("here", Expand("plain").Source);
    }

    [Theory]
    [InlineData("${UNSET:?set it}")]
    [InlineData("${EMPTY:?set it}")]
    [InlineData("${UNSET?set it}")]
    public void A_required_variable_that_is_missing_is_named_with_its_message(string text)
    {
        var fault = Assert.Throws<LettaDrException>(() => Expand(text));
        Assert.Contains("set it", fault.Message, StringComparison.Ordinal);
        Assert.Contains("here", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("${SET")]
    [InlineData("${}")]
    [InlineData("${1A}")]
    [InlineData("${SET!x}")]
    [InlineData("${SET:}")]
    [InlineData("costs 5$")]
    [InlineData("$5")]
    public void Malformed_text_is_refused(string text) =>
        Assert.Equal("ComposeTemplateInvalid", Assert.Throws<LettaDrException>(() => Expand(text)).Id);

    private static SourcedText Expand(string text) => new ComposeTemplate(name => Variables.GetValueOrDefault(name)).Expand(text, "here");
}
