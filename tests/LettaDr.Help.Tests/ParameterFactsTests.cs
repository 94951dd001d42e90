namespace LettaDr.Help;

public sealed class ParameterFactsTests
{
    private const string Yaml = """
        Type: String[]
        Parameter Sets: ByName, ByNumber
        Aliases: A, B
        Accepted values: Red, Green

        Required: True
        Position: 1
        Default value: C:\a: b
        Accept pipeline input: True (ByPropertyName, ByValue)
        Accept wildcard characters: True
        """;

    [Fact]
    public void Parse_reads_all_and_ToString_writes_it_back()
    {
        var facts = ParameterFactsParser.Parse(Yaml);

        Assert.Equal(["ByName", "ByNumber"], facts.ParameterSets);
        Assert.Equal(["A", "B"], facts.Aliases);
        Assert.Equal(["Red", "Green"], facts.AcceptedValues);
        Assert.True(facts.IsRequired);
        Assert.Equal(1, facts.Position);
        Assert.Equal(@"C:\a: b", facts.DefaultValue);
        Assert.Equal(PipelineInput.ByPropertyName | PipelineInput.ByValue, facts.PipelineInput);
        Assert.True(facts.AcceptsWildcards);
        Assert.Equal($"```yaml\n{Yaml}\n```", facts.ToString());
    }

    [Theory]
    [InlineData("Type: String[]", "", "has no \"Type\"")]
    [InlineData("Type: String[]", "Type:", "Type is empty")]
    [InlineData("Type: String[]", "Type: A\nType: B", "\"Type\" twice")]
    [InlineData("Required: True", "Required: yes", "\"Required\" is \"yes\"")]
    [InlineData("Position: 1", "Position: first", "\"Position\" is \"first\"")]
    [InlineData("Position: 1", "Position: -1", "\"Position\" is \"-1\"")]
    [InlineData("Aliases: A, B", "Alias: A", "has no key \"Alias\"")]
    [InlineData("Aliases: A, B", "Aliases", "has no key \"Aliases\"")]
    [InlineData("True (ByPropertyName, ByValue)", "True", "\"Accept pipeline input\" is \"True\"")]
    public void Parse_names_the_key_that_is_wrong(string old, string with, string message)
    {
        var exception = Assert.Throws<FormatException>(
            () => ParameterFactsParser.Parse(Yaml.Replace(old, with, StringComparison.Ordinal)));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }
}
