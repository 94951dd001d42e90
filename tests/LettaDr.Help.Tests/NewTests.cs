using LettaDr.Help.Hosting;

namespace LettaDr.Help;

[Collection(SampleModuleCollection.Name)]
public sealed class NewTests(SampleModule module) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("lettadr-new-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void New_pages_are_whole_but_for_their_texts()
    {
        Assert.Equal(0, ToolRun.Of("new", module.Manifest, folder.FullName).ExitCode);

        Assert.Equal(new ToolRun(0, "", ""), ToolRun.Of("update", module.Manifest, folder.FullName));
        var build = ToolRun.Of(folder.FullName, Path.Combine(folder.FullName, "out"));
        Assert.Equal(1, build.ExitCode);
        Assert.All(
            build.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.Contains("still to be written: ", line, StringComparison.Ordinal));
    }

    [Fact]
    public void New_page_takes_over_what_the_code_says()
    {
        ToolRun.Of("new", module.Manifest, folder.FullName);

        var page = File.ReadAllText(Path.Combine(folder.FullName, "Get-SampleWidget.md"));
        Assert.Contains("## SYNOPSIS\nGets widgets by `Name` or number.\n", page, StringComparison.Ordinal);
        Assert.Contains("### -Name\nNames of the widgets; see `Widget`.\n", page, StringComparison.Ordinal);
        Assert.Contains("online version: https://example.com/widgets\n", page, StringComparison.Ordinal);
        Assert.Contains("external help file: LettaDr.Help.Sample.dll-Help.xml\nModule Name: LettaDr.Help.Sample\n", page, StringComparison.Ordinal);
        Assert.Contains("## INPUTS\n\n### System.String\n", page, StringComparison.Ordinal);
        Assert.Contains("## OUTPUTS\n\n### LettaDr.Help.Sample.Widget\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_that_is_there_is_never_overwritten()
    {
        var file = Path.Combine(folder.FullName, "Get-SampleWidget.md");
        File.WriteAllText(file, "mine");

        var run = ToolRun.Of("new", module.Manifest, folder.FullName);

        Assert.Equal("mine", File.ReadAllText(file));
        Assert.Equal($"{Path.Combine(folder.FullName, "Set-SampleWidget.md")}: written{Environment.NewLine}", run.Output);
    }

    [Fact]
    public void Assembly_serves_as_well_as_a_manifest()
    {
        var assembly = Path.ChangeExtension(module.Manifest, ".dll");

        Assert.Equal(0, ToolRun.Of("new", assembly, folder.FullName).ExitCode);
        Assert.Equal(2, folder.GetFiles("*.md").Length);
    }

    [Fact]
    public void Module_that_does_not_import_is_told()
    {
        var manifest = Path.Combine(folder.FullName, "Broken.psd1");
        File.WriteAllText(manifest, "@{ ModuleVersion = '1.0'; RootModule = 'Missing.dll' }");

        var run = ToolRun.Of("new", manifest, Path.Combine(folder.FullName, "docs"));

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"The module {manifest} does not import: ", run.Error, StringComparison.Ordinal);
    }
}
