using Markdig.Syntax;

namespace LettaDr.Help;

/// <summary>Reads the sections of a page's parameters.</summary>
internal static class ParameterSectionReader
{
    private const string CommonParameters = "CommonParameters";

    /// <summary>Reads the parameters, without the common ones.</summary>
    public static IReadOnlyList<PageParameter> Read(PageSection section, MarkdownSource source, PageErrors errors)
    {
        if (section.Blocks.FirstOrDefault() is { } stray)
        {
            errors.Layout(
                MarkdownSource.LineOf(stray),
                "\"## PARAMETERS\" has no text of its own, only a \"### -Name\" for each parameter");
        }

        if (section.Subsections.LastOrDefault()?.Title != CommonParameters)
        {
            errors.Layout(section.LastLine, $"\"## PARAMETERS\" must end with \"### {CommonParameters}\"");
        }

        List<PageParameter> parameters = [];
        foreach (var subsection in section.Subsections.Where(subsection => subsection.Title != CommonParameters))
        {
            var name = subsection.Title.TrimStart('-');
            if (subsection.Title != $"-{name}" || name.Length == 0 || !name.All(char.IsLetterOrDigit))
            {
                errors.Layout(subsection.Line, $"\"### {subsection.Title}\" is not \"### -Name\"");
            }
            else if (parameters.Exists(parameter => parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            {
                errors.Layout(subsection.Line, $"-{name} is there a second time");
            }
            else
            {
                parameters.Add(ReadOne(subsection, name, source, errors));
            }
        }

        return parameters;
    }

    /// <summary>The last line before the common parameters, where a new parameter could be added.</summary>
    public static int LastLineOf(PageSection section) =>
        section.Subsections.Find(subsection => subsection.Title == CommonParameters)?.Line - 1 ?? section.LastLine;

    private static PageParameter ReadOne(PageSection section, string name, MarkdownSource source, PageErrors errors)
    {
        var yaml = section.Blocks.OfType<FencedCodeBlock>().Where(fence => fence.Info == "yaml").ToList();
        var description = Prose.From(section.Blocks.Except(yaml));
        if (description.Count == 0)
        {
            errors.Unwritten(section.Line, $"-{name} has no text");
        }

        if (yaml.Count == 0)
        {
            errors.Generated(section.Line, $"-{name} has no ```yaml block");
        }

        List<ParameterFacts> facts = [];
        foreach (var fence in yaml)
        {
            try
            {
                facts.Add(ParameterFactsParser.Parse(Prose.CodeOf(fence)));
            }
            catch (FormatException exception)
            {
                errors.Generated(MarkdownSource.LineOf(fence), $"-{name}: {exception.Message}");
            }
        }

        var lines = yaml.Select(fence => (MarkdownSource.LineOf(fence), source.LastLineOf(fence))).ToList();
        return new PageParameter(name, section.Line, section.LastLine, description, facts, lines);
    }
}
