namespace LettaDr.Help;

/// <summary>Checks that a page's syntax and its parameters tell the same.</summary>
internal static class PageConsistency
{
    /// <summary>Adds an error for each contradiction; an update repairs them all.</summary>
    public static void Check(MarkdownPage page, PageErrors errors)
    {
        foreach (var block in page.Syntax)
        {
            foreach (var parameter in block.Parameters)
            {
                CheckInSyntax(page, block, parameter, errors);
            }
        }

        foreach (var parameter in page.Parameters)
        {
            CheckSection(page, parameter, errors);
        }
    }

    private static void CheckInSyntax(
        MarkdownPage page, SyntaxBlock block, SyntaxParameter parameter, PageErrors errors)
    {
        var section = page.Parameter(parameter.Name);
        if (section is null)
        {
            errors.Generated(block.Line, $"the syntax has -{parameter.Name}, and \"## PARAMETERS\" has not");
        }
        else if (section.FactsFor(block.ParameterSet) is not { } facts)
        {
            errors.Generated(
                section.FirstLine,
                $"-{parameter.Name} does not name the parameter set {block.ParameterSet}, whose syntax has it");
        }
        else if (facts.IsRequired != parameter.IsRequired || facts.Position is not null != parameter.IsPositional
            || facts.IsSwitch != parameter.ValueType is null || (!facts.IsSwitch && facts.Type != parameter.ValueType))
        {
            errors.Generated(
                section.FirstLine,
                $"-{parameter.Name} is {parameter} in the syntax, but its Type, Required or Position says otherwise");
        }
    }

    private static void CheckSection(MarkdownPage page, PageParameter parameter, PageErrors errors)
    {
        var withIt = page.Syntax
            .Where(block => block.Parameters.Any(
                other => other.Name.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase)))
            .ToList();
        if (withIt.Count == 0)
        {
            errors.Generated(parameter.FirstLine, $"-{parameter.Name} is in no syntax");
        }
        else if (withIt.Count < page.Syntax.Count && parameter.Facts.Any(facts => facts.ParameterSets.Count == 0))
        {
            errors.Generated(
                parameter.FirstLine,
                $"-{parameter.Name} names all parameter sets, but not every syntax has it");
        }

        foreach (var set in parameter.Facts.SelectMany(facts => facts.ParameterSets))
        {
            if (!withIt.Exists(block => block.ParameterSet == set))
            {
                errors.Generated(
                    parameter.FirstLine,
                    $"-{parameter.Name} names the parameter set {set}, whose syntax has not got it");
            }
        }
    }
}
