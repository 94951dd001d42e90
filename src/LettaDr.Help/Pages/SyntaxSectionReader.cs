using Markdig.Syntax;

namespace LettaDr.Help;

/// <summary>
/// Reads the parameter sets of a page. All of it is generated, so that each error here is one that an update repairs.
/// </summary>
internal static class SyntaxSectionReader
{
    private const string DefaultMark = " (Default)";

    /// <summary>Heading of a parameter set.</summary>
    public static string HeadingFor(SyntaxBlock block) =>
        $"### {block.ParameterSet}{(block.IsDefault ? DefaultMark : "")}";

    /// <summary>Reads the section: a fenced block alone, or one under a heading for each parameter set.</summary>
    public static IReadOnlyList<SyntaxBlock> Read(PageSection section, string commandName, PageErrors errors)
    {
        if (section.Subsections.Count == 0)
        {
            return ReadOne(section, commandName, errors) is { } only ? [only with { IsDefault = true }] : [];
        }

        List<SyntaxBlock> blocks = [];
        if (section.Blocks.Count > 0)
        {
            errors.Generated(section.Line, "\"## SYNTAX\" has a block beside its parameter sets");
        }

        foreach (var subsection in section.Subsections)
        {
            var isDefault = subsection.Title.EndsWith(DefaultMark, StringComparison.Ordinal);
            var name = isDefault ? subsection.Title[..^DefaultMark.Length] : subsection.Title;
            if (blocks.Exists(block => block.ParameterSet == name || (isDefault && block.IsDefault)))
            {
                errors.Generated(subsection.Line, $"the parameter set {name} is there twice, or is a second default");
            }
            else if (ReadOne(subsection, commandName, errors) is { } block)
            {
                blocks.Add(block with { ParameterSet = name, IsDefault = isDefault });
            }
        }

        return blocks;
    }

    private static SyntaxBlock? ReadOne(PageSection section, string commandName, PageErrors errors)
    {
        if (section.Blocks is not [FencedCodeBlock fence])
        {
            errors.Generated(section.Line, "a syntax is one fenced block and nothing else");
            return null;
        }

        try
        {
            var block = SyntaxBlockParser.Parse(Prose.CodeOf(fence)) with { Line = MarkdownSource.LineOf(fence) };
            if (block.CommandName == commandName)
            {
                return block;
            }

            errors.Generated(block.Line, $"the syntax is that of {block.CommandName} and not of {commandName}");
        }
        catch (FormatException exception)
        {
            errors.Generated(MarkdownSource.LineOf(fence), exception.Message);
        }

        return null;
    }
}
