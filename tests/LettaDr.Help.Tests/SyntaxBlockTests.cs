namespace LettaDr.Help;

public sealed class SyntaxBlockTests
{
    [Theory]
    [InlineData("-Name <String>", "Name", "String", true, false)]
    [InlineData("[-Name <String[]>]", "Name", "String[]", false, false)]
    [InlineData("[-Name] <String>", "Name", "String", true, true)]
    [InlineData("[[-Name] <Dictionary[String,String[]]>]", "Name", "Dictionary[String,String[]]", false, true)]
    [InlineData("[-Force]", "Force", null, false, false)]
    [InlineData("-Force", "Force", null, true, false)]
    public void Parse_reads_brackets_and_types(string text, string name, string? type, bool required, bool positional)
    {
        var parameter = Assert.Single(SyntaxBlockParser.Parse($"Get-Thing {text} [<CommonParameters>]").Parameters);

        Assert.Equal(new SyntaxParameter(name, type, required, positional), parameter);
        Assert.Equal(text, parameter.ToString());
    }

    [Theory]
    [InlineData("Thing [<CommonParameters>]", "begins with \"Thing [<CommonParameters>]\"")]
    [InlineData("Get-Thing -Name <String>", "does not end with [<CommonParameters>]")]
    [InlineData("Get-Thing [-Name <String> [<CommonParameters>]", "from \"[-Name <String> [<CommonParameters>]\" on")]
    [InlineData("Get-Thing -Name String [<CommonParameters>]", "from \"String [<CommonParameters>]\" on")]
    [InlineData("Get-Thing [<CommonParameters>] -Name", "from \"[<CommonParameters>] -Name\" on")]
    public void Parse_says_where_a_text_stops_to_be_a_syntax(string text, string message)
    {
        var exception = Assert.Throws<FormatException>(() => SyntaxBlockParser.Parse(text));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_wraps_between_parameters_and_parses_back()
    {
        var parameters = Enumerable.Range(0, 20)
            .Select(number => new SyntaxParameter($"Parameter{number}", "String", IsRequired: false, IsPositional: true))
            .ToList();
        var text = new SyntaxBlock("Get-Thing", parameters).ToString();

        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 1, 110));
        Assert.All(text.Split('\n').Skip(1), line => Assert.StartsWith(" [", line, StringComparison.Ordinal));
        Assert.Equal(parameters, SyntaxBlockParser.Parse(text).Parameters);
    }
}
