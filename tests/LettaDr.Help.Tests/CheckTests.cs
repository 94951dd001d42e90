using LettaDr.Help.Hosting;

namespace LettaDr.Help;

[Collection(SampleModuleCollection.Name)]
public sealed class CheckTests(SampleModule module)
{
    private const string Page = "Get-SampleWidget.md";

    [Fact]
    public void Pages_that_are_whole_and_true_pass()
    {
        Assert.Equal(new ToolRun(0, "", ""), ToolRun.Of("check", module.Manifest, SampleModule.Docs));
    }

    [Theory]
    [InlineData("[-First <Int32>] ", "", "```\nGet-SampleWidget [[-Name]", "the syntax of ByName, the default, is now: Get-SampleWidget [[-Name] <String[]>]")]
    [InlineData("### ByName (Default)", "### ByName", "```\nGet-SampleWidget [[-Name]", "the syntax of ByName, the default, is now")]
    [InlineData("### ByNumber", "### Other", "```\nGet-SampleWidget [-Site]", "the cmdlet has no parameter set Other")]
    [InlineData("### ByNumber", "### Other", "## SYNTAX", "the parameter set ByNumber is missing")]
    [InlineData("Position: 0", "Position: 3", "### -Name", "the yaml of -Name has drifted; the cmdlet says Position: 0")]
    [InlineData("Default value: 00:00:30", "Default value: None", "### -Timeout", "the cmdlet says Default value: 00:00:30")]
    [InlineData("### -Color", "### -Colour", "### -Colour", "the cmdlet has no parameter -Colour")]
    [InlineData("### -Color", "### -Colour", "## PARAMETERS", "-Color has no section")]
    [InlineData("The color.\n", "", "### -Color", "-Color has no text")]
    [InlineData("The color.", "{{ Fill in the color }}", "{{ Fill", "still to be written")]
    [InlineData(" -First 2", "", "### -First", "no example uses -First")]
    [InlineData("; Force = $true", "", "### -Force", "no example uses -Force")]
    [InlineData("Get-SampleWidget a*, b* ", "Get-SampleWidget ", "### -Name", "no example uses -Name")]
    [InlineData("-Color Red", "-Colour Red", "PS> Get-SampleWidget a*", "calls Get-SampleWidget with Colour")]
    [InlineData("Force = $true }", "Force = $true", "PS> $settings", "cannot parse the example")]
    [InlineData("Module Name: LettaDr.Help.Sample", "Module Name: LettaDr", "---\nexternal", "the Module Name must be LettaDr.Help.Sample")]
    [InlineData("help file: LettaDr.Help.Sample.dll", "help file: LettaDr.dll", "---\nexternal", "must be LettaDr.Help.Sample.dll-Help.xml")]
    [InlineData("### LettaDr.Help.Sample.Widget", "### None", "### None", "lacks LettaDr.Help.Sample.Widget")]
    [InlineData("### LettaDr.Help.Sample.Widget", "### None", "### None", "does not declare the output None")]
    [InlineData("[Set-SampleWidget](Set-SampleWidget.md):", "[Set](Set-Widget.md#a):", "Read [the manual]", "leads to Set-Widget.md, which is not there")]
    [InlineData("## NOTES", "## NOTE", "## NOTE", "\"## NOTE\" is not a section")]
    public void Difference_is_told_with_its_line(string old, string with, string at, string message)
    {
        using var docs = new DocsCopy();
        docs.Replace(Page, old, with);

        var run = ToolRun.Of("check", module.Manifest, docs.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            run.Error.Split('\n'),
            text => text.StartsWith($"{docs.PathOf(Page)}({docs.LineOf(Page, at)}): error HELP: ", StringComparison.Ordinal)
                && text.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Cmdlet_without_page_and_page_without_cmdlet_are_told()
    {
        using var docs = new DocsCopy();
        File.Move(docs.PathOf("Set-SampleWidget.md"), docs.PathOf("Set-Widget.md"));

        var run = ToolRun.Of("check", module.Manifest, docs.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Set-SampleWidget.md(1): error HELP: Set-SampleWidget has no page", run.Error, StringComparison.Ordinal);
        Assert.Contains("Set-Widget.md(1): error HELP: the module LettaDr.Help.Sample has no such cmdlet", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Topic_is_checked_too()
    {
        using var docs = new DocsCopy();
        docs.Replace("about_Sample.md", "(Get-SampleWidget.md)", "(Get-Nothing.md)");

        var run = ToolRun.Of("check", module.Manifest, docs.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("about_Sample.md(19): error HELP: the link leads to Get-Nothing.md", run.Error, StringComparison.Ordinal);
    }
}
