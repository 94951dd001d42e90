namespace LettaDr.Help;

/// <summary>Finds where a page and its cmdlet have drifted apart.</summary>
internal static class PageChecker
{
    /// <summary>Adds an error for each difference.</summary>
    /// <param name="page">A page whose layout is right.</param>
    /// <param name="command">Its cmdlet.</param>
    /// <param name="errors">Where the differences go.</param>
    public static void Check(MarkdownPage page, CommandDescription command, PageErrors errors)
    {
        if (page.FrontMatter.HelpFile != command.HelpFile)
        {
            errors.Layout(1, $"the external help file must be {command.HelpFile}, where the engine looks");
        }

        if (page.FrontMatter.ModuleName != command.ModuleName)
        {
            errors.Layout(1, $"the Module Name must be {command.ModuleName}");
        }

        CheckSyntax(page, command, errors);
        CheckParameters(page, command, errors);
        CheckOutputs(page, command, errors);
    }

    private static void CheckSyntax(MarkdownPage page, CommandDescription command, PageErrors errors)
    {
        foreach (var block in page.Syntax.Where(block => !command.Syntax.Any(other => IsSameSet(block, other))))
        {
            errors.Generated(block.Line, $"the cmdlet has no parameter set {SetName(block)}");
        }

        foreach (var block in command.Syntax)
        {
            var written = page.Syntax.FirstOrDefault(other => IsSameSet(block, other));
            if (written is null)
            {
                errors.Generated(page.SyntaxLines.First, $"the parameter set {SetName(block)} is missing");
            }
            else if (written.ToString() != block.ToString() || written.IsDefault != block.IsDefault)
            {
                var mark = block.IsDefault ? ", the default," : "";
                var syntax = block.ToString().Replace("\n", "", StringComparison.Ordinal);
                errors.Generated(written.Line, $"the syntax of {SetName(block)}{mark} is now: {syntax}");
            }
        }
    }

    private static void CheckParameters(MarkdownPage page, CommandDescription command, PageErrors errors)
    {
        foreach (var section in page.Parameters.Where(section => command.Parameter(section.Name)?.Name != section.Name))
        {
            errors.Generated(section.FirstLine, $"the cmdlet has no parameter -{section.Name}");
        }

        foreach (var parameter in command.Parameters)
        {
            var section = page.Parameter(parameter.Name);
            if (section is null)
            {
                errors.Generated(page.ParameterLines.First, $"-{parameter.Name} has no section");
                continue;
            }

            var written = string.Join("\n\n", section.Facts);
            var compiled = PageText.Facts(parameter, section);
            if (written != compiled)
            {
                var drifted = compiled.Split('\n').Except(written.Split('\n'));
                errors.Generated(
                    section.FirstLine,
                    $"the yaml of -{parameter.Name} has drifted; the cmdlet says {string.Join("; ", drifted)}");
            }
        }
    }

    private static void CheckOutputs(MarkdownPage page, CommandDescription command, PageErrors errors)
    {
        var declared = command.Outputs.Count == 0 ? ["None"] : command.Outputs;
        foreach (var type in declared.Except(page.Outputs.Select(output => output.Name)))
        {
            errors.Layout(
                page.Outputs.Count > 0 ? page.Outputs[0].Line : 1,
                $"\"## OUTPUTS\" lacks {type}, which the cmdlet declares");
        }

        foreach (var output in page.Outputs.Where(output => !declared.Contains(output.Name)))
        {
            errors.Layout(output.Line, $"the cmdlet does not declare the output {output.Name}");
        }
    }

    private static bool IsSameSet(SyntaxBlock left, SyntaxBlock right) => left.ParameterSet == right.ParameterSet;

    private static string SetName(SyntaxBlock block) => block.ParameterSet ?? block.CommandName;
}
