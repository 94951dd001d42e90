using LettaDr.Help.Hosting;

namespace LettaDr.Help;

[Collection(SampleModuleCollection.Name)]
public sealed class UpdateTests(SampleModule module)
{
    private const string Page = "Get-SampleWidget.md";

    [Theory]
    [InlineData("[-First <Int32>] ", "")]
    [InlineData("[[-Name] <String[]>]", "-Name <String>")]
    [InlineData("### ByName (Default)", "### ByName")]
    [InlineData("### ByNumber", "### Other")]
    [InlineData("-Number <Int32>", "nonsense")]
    [InlineData("Position: 0", "Position: Named")]
    [InlineData("Aliases: WidgetName", "Aliases:")]
    [InlineData("Default value: 00:00:30", "Default value: 00:01:00")]
    [InlineData("Default value: Name", "Default value: None")]
    [InlineData("Accepted values: Red, Green\n", "")]
    [InlineData("Accept wildcard characters: True", "Accept wildcard characters: perhaps")]
    [InlineData("Type: TimeSpan\n", "")]
    [InlineData("Parameter Sets: ByNumber", "Parameter Sets: (All)")]
    [InlineData("Position: 1\nDefault", "Position: 1\n```\n\n```yaml\nDefault")]
    [InlineData("Where the widget is.\n", "Where the widget is.\n\n```yaml\nType: Int64\n```\n")]
    public void Drift_is_repaired_and_prose_is_kept(string old, string with)
    {
        using var docs = new DocsCopy();
        var right = docs.Read(Page);
        docs.Replace(Page, old, with);

        var run = ToolRun.Of("update", module.Manifest, docs.Path);

        Assert.Equal(new ToolRun(0, $"{docs.PathOf(Page)}: written{Environment.NewLine}", ""), run);
        Assert.Equal(right, docs.Read(Page));
    }

    [Fact]
    public void Update_of_what_has_not_drifted_writes_nothing()
    {
        using var docs = new DocsCopy();

        Assert.Equal(new ToolRun(0, "", ""), ToolRun.Of("update", module.Manifest, docs.Path));
    }

    [Fact]
    public void Yaml_that_was_never_written_is_added_below_the_text()
    {
        using var docs = new DocsCopy();
        var right = docs.Read(Page);
        var start = right.IndexOf("\n```yaml\nType: TimeSpan", StringComparison.Ordinal);
        var end = right.IndexOf("### CommonParameters", StringComparison.Ordinal);
        File.WriteAllText(docs.PathOf(Page), right.Remove(start, end - start));

        Assert.Equal(0, ToolRun.Of("update", module.Manifest, docs.Path).ExitCode);
        Assert.Equal(right, docs.Read(Page));
    }

    [Fact]
    public void Default_that_the_code_does_not_show_is_the_authors()
    {
        using var docs = new DocsCopy();
        var text = docs.Read(Page);
        var first = text.IndexOf("### -First", StringComparison.Ordinal);
        var at = text.IndexOf("Default value: None", first, StringComparison.Ordinal);
        text = text.Remove(at, "Default value: None".Length).Insert(at, "Default value: All of them");
        File.WriteAllText(docs.PathOf(Page), text);

        Assert.Equal(new ToolRun(0, "", ""), ToolRun.Of("update", module.Manifest, docs.Path));
        Assert.Equal(0, ToolRun.Of("check", module.Manifest, docs.Path).ExitCode);
    }

    [Fact]
    public void New_parameter_gets_a_section_and_one_that_is_gone_loses_it()
    {
        using var docs = new DocsCopy();
        var right = docs.Read(Page);
        docs.Replace(Page, "### -Force\nWhether hidden widgets come too.", "### -Zeal\nWith <!-- note --> zeal.");
        docs.Replace(Page, "## PARAMETERS\n", "## PARAMETERS\n\n<!-- in order of name -->\n");

        var run = ToolRun.Of("update", module.Manifest, docs.Path);

        Assert.Contains($"{docs.PathOf(Page)}: removed -Zeal, which the cmdlet no longer has", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            right.Replace("## PARAMETERS\n", "## PARAMETERS\n\n<!-- in order of name -->\n", StringComparison.Ordinal),
            docs.Read(Page));
    }

    [Fact]
    public void Page_with_a_broken_layout_is_left_alone_and_told()
    {
        using var docs = new DocsCopy();
        docs.Replace(Page, "## PARAMETERS", "## PARAMS");
        docs.Replace(Page, "Position: 0", "Position: 9");
        var before = docs.Read(Page);

        var run = ToolRun.Of("update", module.Manifest, docs.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("\"## PARAMETERS\" is missing", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, docs.Read(Page));
    }
}
