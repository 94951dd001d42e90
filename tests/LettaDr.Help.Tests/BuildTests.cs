using LettaDr.Help.Hosting;

namespace LettaDr.Help;

/// <summary>What a page with an error comes to.</summary>
public sealed class BuildTests
{
    private const string Page = "Get-SampleWidget.md";

    [Theory]
    [InlineData("# Get-SampleWidget", "# Get-Widget", "# Get-Widget", "\"# Get-SampleWidget\", like its file")]
    [InlineData("## NOTES", "## NOTE", "## NOTE", "\"## NOTE\" is not a section")]
    [InlineData("## NOTES", "## NOTES\n## NOTES", "## NOTES", "is there a second time")]
    [InlineData("## NOTES\nWidgets are not kept.\n", "", "## OUTPUTS", "\"## NOTES\" is missing")]
    [InlineData("## SYNOPSIS\nGets widgets by `Name` or number.\n\n## SYNTAX", "## SYNTAX\n\n## SYNOPSIS\nGets.\n", "## SYNTAX", "out of order")]
    [InlineData("schema: 2.0.0", "schema: 1.0.0", "---\nexternal", "says schema 1.0.0")]
    [InlineData("Module Name: LettaDr.Help.Sample\n", "", "---\nexternal", "has no \"Module Name\"")]
    [InlineData("LettaDr.Help.Sample.dll-Help.xml", "../Sample.dll-Help.xml", "---\nexternal", "must be the plain name")]
    [InlineData("Gets widgets by `Name` or number.", "", "## SYNOPSIS", "\"## SYNOPSIS\" is empty")]
    [InlineData("or number.\n", "or number.\n\nAnd more.\n", "## SYNOPSIS", "must be a single paragraph")]
    [InlineData("### Example 2:", "### Example 3:", "### Example 3:", "must be \"### Example 2: …\"")]
    [InlineData("### ByName (Default)", "### ByNumber (Default)", "### ByNumber\n", "ByNumber is there twice")]
    [InlineData("Get-SampleWidget [[-Name]", "Set-SampleWidget [[-Name]", "```\nSet-SampleWidget", "is that of Set-SampleWidget")]
    [InlineData("[[-Name] <String[]>]", "[[-Name] <String[]>", "```\nGet-SampleWidget [[-Name]", "cannot be read from \"[[-Name]")]
    [InlineData("### -Color", "### Color", "### Color", "is not \"### -Name\"")]
    [InlineData("### -Color", "### -First", "### -First\nHow", "-First is there a second time")]
    [InlineData("The color.\n", "", "### -Color", "-Color has no text")]
    [InlineData("### -Color", "### -Colour", "### -Colour", "-Colour is in no syntax")]
    [InlineData("### -Color", "### -Colour", "```\nGet-SampleWidget [[-Name]", "the syntax has -Color, and \"## PARAMETERS\" has not")]
    [InlineData("Position: 0", "Position: Named", "### -Name", "-Name is [[-Name] <String[]>] in the syntax")]
    [InlineData("Type: TimeSpan", "Type: Int64", "### -Timeout", "-Timeout is [-Timeout <TimeSpan>] in the syntax")]
    [InlineData("Parameter Sets: ByNumber", "Parameter Sets: ByName", "### -Number", "names the parameter set ByName")]
    [InlineData("Parameter Sets: ByNumber", "Parameter Sets: (All)", "### -Number", "names all parameter sets")]
    [InlineData("Required: True", "Required: Maybe", "```yaml\nType: Int32\nParameter Sets: ByNumber", "\"Required\" is \"Maybe\"")]
    [InlineData("### CommonParameters", "### CommonParameter", "\n## INPUTS", "must end with \"### CommonParameters\"")]
    [InlineData("### System.String\nNames of widgets.\n", "", "## INPUTS", "\"## INPUTS\" names no type")]
    [InlineData("[The manual](https://example.com/manual)\n", "The manual\n", "The manual", "holds links only")]
    [InlineData("Widgets are not kept.", "<div>Widgets</div>", "<div>", "cannot show HTML")]
    [InlineData("Widgets are not kept.", "\u001b[31mWidgets", "\u001b", "control character")]
    [InlineData("Widgets are not kept.", "{{ Fill in the notes }}", "{{ Fill", "still to be written")]
    public void Page_that_breaks_the_layout_is_told_with_its_line_and_nothing_is_written(
        string old, string with, string at, string message)
    {
        using var docs = new DocsCopy();
        docs.Replace(Page, old, with);
        var output = docs.PathOf("out");

        var run = ToolRun.Of(docs.Path, output);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            run.Error.Split('\n'),
            text => text.StartsWith($"{docs.PathOf(Page)}({docs.LineOf(Page, at)}): error HELP: ", StringComparison.Ordinal)
                && text.Contains(message, StringComparison.Ordinal));
        Assert.False(Directory.Exists(output), "a page with an error, and yet help was written");
    }

    [Theory]
    [InlineData("# about_Sample", "# about_Widgets", "# about_Widgets", "\"# about_Sample\", like its file")]
    [InlineData("## LONG DESCRIPTION", "## DESCRIPTION", "# about_Sample", "the first sections must be")]
    [InlineData("all else is gone.\n", "all else is gone.\n\n- And more.\n", "## SHORT", "must be a single paragraph")]
    [InlineData("## SEE ALSO\n[Get-SampleWidget](Get-SampleWidget.md)", "## SEE ALSO", "## SEE ALSO", "\"## SEE ALSO\" is empty")]
    public void Topic_that_breaks_the_layout_is_told_with_its_line(string old, string with, string at, string message)
    {
        using var docs = new DocsCopy();
        docs.Replace("about_Sample.md", old, with);

        var run = ToolRun.Of(docs.Path, docs.PathOf("out"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"{docs.PathOf("about_Sample.md")}({docs.LineOf("about_Sample.md", at)}): error HELP: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_of_all_pages_are_told_at_once()
    {
        using var docs = new DocsCopy();
        docs.Replace(Page, "## NOTES", "## NOTE");
        docs.Replace("Set-SampleWidget.md", "The widget has new tags.", "{{ Fill in }}");
        docs.Replace("about_Sample.md", "# about_Sample", "# about");

        var run = ToolRun.Of(docs.Path, docs.PathOf("out"));

        Assert.Contains("\"## NOTE\" is not a section", run.Error, StringComparison.Ordinal);
        Assert.Contains("\"## NOTES\" is missing", run.Error, StringComparison.Ordinal);
        Assert.Contains("still to be written: {{ Fill in }}", run.Error, StringComparison.Ordinal);
        Assert.Contains("about_Sample.md(1)", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Second_build_writes_nothing_anew()
    {
        using var docs = new DocsCopy();

        var first = ToolRun.Of(docs.Path, docs.PathOf("out"));
        var second = ToolRun.Of(docs.Path, docs.PathOf("out"));

        Assert.Contains("LettaDr.Help.Sample.dll-Help.xml: written", first.Output, StringComparison.Ordinal);
        Assert.Contains("about_Sample.help.txt: written", first.Output, StringComparison.Ordinal);
        Assert.Equal(new ToolRun(0, "", ""), second);
    }

    [Fact]
    public void Comments_are_for_who_edits_the_page_only()
    {
        using var docs = new DocsCopy();
        docs.Replace(Page, "## EXAMPLES\n", "## EXAMPLES\n<!-- run on 1.0 -->\n");
        docs.Replace(Page, "Widgets are not kept.", "Widgets are <!-- really --> not kept.");

        Assert.Equal(0, ToolRun.Of(docs.Path, docs.PathOf("out")).ExitCode);
        Assert.DoesNotContain("really", File.ReadAllText(docs.PathOf("out/LettaDr.Help.Sample.dll-Help.xml")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("docs")]
    [InlineData("check", "module")]
    [InlineData("build", "a", "b")]
    [InlineData("new", "a", "b", "c")]
    public void Command_line_that_cannot_be_meant_shows_the_usage(params string[] arguments)
    {
        var run = ToolRun.Of(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("LettaDr.Help check <module> <docs folder>", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_or_module_that_is_not_there_is_told_in_one_sentence()
    {
        Assert.Equal(new ToolRun(1, "", $"There is no folder /no/such.{Environment.NewLine}"), ToolRun.Of("/no/such", "/no/out"));
        Assert.Equal(new ToolRun(1, "", $"There is no module at /no/such.psd1.{Environment.NewLine}"), ToolRun.Of("new", "/no/such.psd1", "/no/docs"));
    }
}
