using LettaDr.Help.Hosting;

namespace LettaDr.Help;

/// <summary>What the real engine shows of the help that the tool made.</summary>
[Collection(SampleModuleCollection.Name)]
public sealed class GetHelpTests(SampleModule module)
{
    [Fact]
    public void Syntax_shows_sets_brackets_positions_values_and_switches()
    {
        Assert.Contains(
            """
            SYNTAX
                Get-SampleWidget [[-Name] <String[]>] [[-Site] <String>] [-OrderBy {Name | Number}] [-Color 
                {Red | Green}] [-Timeout <TimeSpan>] [-First <Int32>] [-Force] [<CommonParameters>]
                
                Get-SampleWidget [-Site] <String> -Number <Int32> [-OrderBy {Name | Number}] [-Color {Red | 
                Green}] [-Timeout <TimeSpan>] [-First <Int32>] [-Force] [<CommonParameters>]

            """,
            module.Show("Get-Help Get-SampleWidget"),
            StringComparison.Ordinal);
        Assert.Contains(
            "Set-SampleWidget [-Widget] <Widget> [[-Tag] <Dictionary[String,String[]]>] [-WhatIf] \n    [-Confirm] [<CommonParameters>]\n",
            module.Show("Get-Help Set-SampleWidget"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Full_shows_the_description_with_lists_and_tables() => Assert.Contains(
        """
        DESCRIPTION
            Gets widgets, one object each. A widget that is named twice comes once.
            
            Read the manual (https://example.com/manual) and Set-SampleWidget:
            
            - by name, as in `Get-SampleWidget a*`
            - by number
              1. even
              2. odd
            
                Kind   Size
                -----  ----
                small  1 MB
                large  1 GB

        """,
        module.Show("Get-Help Get-SampleWidget -Full"),
        StringComparison.Ordinal);

    [Fact]
    public void Full_shows_inputs_outputs_notes_and_links()
    {
        var full = module.Show("Get-Help Get-SampleWidget -Full");

        Assert.Contains("INPUTS\n    System.String\n        Names of widgets.\n", full, StringComparison.Ordinal);
        Assert.Contains("OUTPUTS\n    LettaDr.Help.Sample.Widget\n        A widget, with its name and number.\n", full, StringComparison.Ordinal);
        Assert.Matches(@"NOTES\n\s+Widgets are not kept\.\n", full);
        Assert.Contains(
            "RELATED LINKS\n    Online Version: https://example.com/widgets\n    Set-SampleWidget \n    The manual https://example.com/manual\n",
            full,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Parameter_shows_its_facts() => Assert.Equal(
        """

        -Name <String[]>
            Names of the widgets.
            
            Without names, all of them come.
            
            Required?                    false
            Position?                    0
            Default value                *
            Accept pipeline input?       true (ByPropertyName, ByValue)
            Aliases                      WidgetName
            Accept wildcard characters?  true
            
        """,
        module.Show("Get-Help Get-SampleWidget -Parameter Name").TrimEnd('\n'));

    [Fact]
    public void Parameter_shows_a_switch_without_value_and_the_values_of_an_enumeration()
    {
        Assert.Contains("-Force\n    Whether", module.Show("Get-Help Get-SampleWidget -Parameter Force"), StringComparison.Ordinal);
        Assert.Contains(
            "-OrderBy <WidgetOrder>\n    How the widgets are sorted.\n    \n    Accepted values: Name, Number\n",
            module.Show("Get-Help Get-SampleWidget -Parameter OrderBy"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Examples_keep_columns_and_order_of_text_and_code() => Assert.EndsWith(
        """
            -------------------- Example 1: Get the red widgets --------------------
            
            PS> Get-SampleWidget a*, b* -Color Red -OrderBy Number -First 2 -Timeout 00:01:00
            
              Size  Name
              ----  ----
                 7  alpha
                12  beta
            
            The first column is as wide as it must be.
            
            -------------------- Example 2: Get a hidden widget --------------------
            
            The settings come first.
            
            They are splatted.
            
            PS> $settings = @{ Site = 'north'; Number = 7; Force = $true }
            PS> Get-SampleWidget @settings
            
            What comes is counted:
            
                PS> (Get-SampleWidget @settings).Count
            
                1
        """,
        module.Show("Get-Help Get-SampleWidget -Examples").TrimEnd(),
        StringComparison.Ordinal);

    [Fact]
    public void About_topic_is_shown_and_found_by_its_synopsis()
    {
        var text = module.Show("Get-Help about_Sample");

        Assert.Contains("LONG DESCRIPTION\n    A widget is a thing with a name and a number;", text, StringComparison.Ordinal);
        var synopsis = module.Invoke("(Get-Help about_Sample).Synopsis");
        Assert.StartsWith("Widgets, and what is to be known", Assert.Single(synopsis).ToString(), StringComparison.Ordinal);
        Assert.EndsWith("when all else is gone.", Assert.Single(synopsis).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Pages_have_the_very_syntax_of_the_engine()
    {
        var ours = new PageErrors("");
        foreach (var name in (string[])["Get-SampleWidget", "Set-SampleWidget"])
        {
            var page = MarkdownPageReader.Read(MarkdownSource.Read(Path.Combine(SampleModule.Docs, name + ".md")), ours);
            foreach (var set in module.Invoke($"(Get-Command {name}).ParameterSets | ForEach-Object {{ \"{name} $_\" }}"))
            {
                // The engine writes types as PowerShell has them; names, order and brackets are what counts.
                var engines = SyntaxBlockParser.Parse(set.ToString().Replace(", ", ",", StringComparison.Ordinal));
                Assert.Contains(page.Syntax, block => Shape(block) == Shape(engines));
            }
        }

        static string Shape(SyntaxBlock block) =>
            string.Join(' ', block.Parameters.Select(parameter => parameter with { ValueType = parameter.ValueType is null ? null : "T" }));
    }
}
