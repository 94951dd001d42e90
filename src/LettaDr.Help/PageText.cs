using System.Text;

namespace LettaDr.Help;

/// <summary>Writes the parts of a page that come from the cmdlet, and the whole of a new page.</summary>
internal static class PageText
{
    /// <summary>A page that lacks nothing but what its author must write.</summary>
    public static string NewPage(CommandDescription command)
    {
        var text = new StringBuilder();
        text.Append(new FrontMatter(command.HelpFile, command.ModuleName, command.OnlineVersion)).Append("\n\n");
        text.Append($"# {command.Name}\n\n");
        text.Append($"## SYNOPSIS\n{OrPlaceholder(command.Summary, "the synopsis: one sentence")}\n\n");
        text.Append($"## SYNTAX\n\n{Syntax(command)}\n\n");
        text.Append("## DESCRIPTION\n{{ Fill in the description }}\n\n");
        text.Append("## EXAMPLES\n\n### Example 1: {{ Fill in the title }}\n");
        text.Append("```powershell\nPS> {{ Fill in the code }}\n```\n\n{{ Fill in what the example shows }}\n\n");
        text.Append("## PARAMETERS\n\n");
        foreach (var parameter in command.Parameters)
        {
            text.Append(Parameter(parameter)).Append("\n\n");
        }

        text.Append("### CommonParameters\nThe cmdlet takes PowerShell's common parameters too; ")
            .Append("`Get-Help about_CommonParameters` explains them.\n\n");
        text.Append($"## INPUTS\n\n{Types(command.Inputs)}\n\n## OUTPUTS\n\n{Types(command.Outputs)}\n\n");
        text.Append("## NOTES\n\n## RELATED LINKS\n");
        return text.ToString();
    }

    /// <summary>The parameter sets.</summary>
    public static string Syntax(CommandDescription command) => string.Join("\n\n", command.Syntax.Select(block =>
        (block.ParameterSet is null ? "" : SyntaxSectionReader.HeadingFor(block) + "\n") + $"```\n{block}\n```"));

    /// <summary>The section of a parameter for which the page has none.</summary>
    public static string Parameter(ParameterDescription parameter) =>
        $"### -{parameter.Name}\n"
        + $"{OrPlaceholder(parameter.Summary, $"what -{parameter.Name} does")}\n\n"
        + Facts(parameter, section: null);

    /// <summary>
    /// The yaml blocks of a parameter. A default that the code does not show, like one that is worked out when the
    /// cmdlet runs, is the author's, and stays.
    /// </summary>
    public static string Facts(ParameterDescription parameter, PageParameter? section)
    {
        var value = parameter.DefaultValue ?? section?.Facts.FirstOrDefault()?.DefaultValue ?? "None";
        return string.Join("\n\n", parameter.Facts.Select(facts => facts with { DefaultValue = value }));
    }

    private static string Types(IReadOnlyList<string> types) => types.Count == 0
        ? "### None"
        : string.Join("\n\n", types.Select(type => $"### {type}\n{{{{ Fill in what it is }}}}"));

    private static string OrPlaceholder(string text, string what) =>
        text.Length > 0 ? text : $"{{{{ Fill in {what} }}}}";
}
