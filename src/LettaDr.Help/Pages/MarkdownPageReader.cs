using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace LettaDr.Help;

/// <summary>Reads a cmdlet's page.</summary>
internal static partial class MarkdownPageReader
{
    /// <summary>
    /// Reads a page; what is wrong with it goes to <paramref name="errors"/>, and what could be read comes back.
    /// </summary>
    public static MarkdownPage Read(MarkdownSource source, PageErrors errors)
    {
        PageLayout.CheckWhole(source, errors);
        var sections = PageLayout.SectionsOf(PageSection.Split(source), source, errors);
        var parameters = sections["PARAMETERS"];
        return new MarkdownPage
        {
            Source = source,
            FrontMatter = FrontMatter.Read(source, errors),
            Name = source.Name,
            Synopsis = ReadSynopsis(sections["SYNOPSIS"], errors),
            Syntax = SyntaxSectionReader.Read(sections["SYNTAX"], source.Name, errors),
            SyntaxLines = (sections["SYNTAX"].Line, sections["SYNTAX"].LastLine),
            Description = ReadText(sections["DESCRIPTION"], errors),
            Examples = ReadExamples(sections["EXAMPLES"], errors),
            Parameters = ParameterSectionReader.Read(parameters, source, errors),
            ParameterLines = (parameters.Line, ParameterSectionReader.LastLineOf(parameters)),
            Inputs = ReadTypes(sections["INPUTS"], errors),
            Outputs = ReadTypes(sections["OUTPUTS"], errors),
            Notes = ReadText(sections["NOTES"], errors, mayBeEmpty: true),
            RelatedLinks = ReadLinks(sections["RELATED LINKS"], errors),
        };
    }

    private static IReadOnlyList<ProseBlock> ReadSynopsis(PageSection section, PageErrors errors)
    {
        var synopsis = ReadText(section, errors);
        if (synopsis.Count > 1 || synopsis.Any(block => block.Kind != ProseKind.Paragraph))
        {
            errors.Layout(section.Line, "\"## SYNOPSIS\" must be a single paragraph");
        }

        return synopsis;
    }

    private static IReadOnlyList<ProseBlock> ReadText(PageSection section, PageErrors errors, bool mayBeEmpty = false)
    {
        foreach (var subsection in section.Subsections)
        {
            errors.Layout(subsection.Line, $"\"## {section.Title}\" has no headings of the third level");
        }

        var prose = Prose.From(section.Blocks);
        if (prose.Count == 0 && !mayBeEmpty)
        {
            errors.Unwritten(section.Line, $"\"## {section.Title}\" is empty");
        }

        return prose;
    }

    private static List<PageExample> ReadExamples(PageSection section, PageErrors errors)
    {
        ForbidBlocks(section, errors);
        if (section.Subsections.Count == 0)
        {
            errors.Unwritten(section.Line, "the page has no example");
        }

        List<PageExample> examples = [];
        foreach (var subsection in section.Subsections)
        {
            var heading = ExampleHeading().Match(subsection.Title);
            if (!heading.Success || heading.Groups[1].Value != $"{examples.Count + 1}")
            {
                errors.Layout(subsection.Line, $"the heading must be \"### Example {examples.Count + 1}: …\"");
            }

            var example = new PageExample(subsection.Title, subsection.Line, [.. subsection.Blocks.Select(ReadPart)]);
            if (!example.Parts.Any(part => part.IsPowerShell && part.Code.Length > 0))
            {
                errors.Unwritten(subsection.Line, "the example has no ```powershell block");
            }

            examples.Add(example);
        }

        return examples;
    }

    private static ExamplePart ReadPart(Block block) => block is FencedCodeBlock fence
        ? new ExamplePart([], fence.Info ?? "", Prose.CodeOf(fence), MarkdownSource.LineOf(fence))
        : new ExamplePart(Prose.From([block]), null, "", MarkdownSource.LineOf(block));

    private static List<PageType> ReadTypes(PageSection section, PageErrors errors)
    {
        ForbidBlocks(section, errors);
        if (section.Subsections.Count == 0)
        {
            errors.Layout(section.Line, $"\"## {section.Title}\" names no type; write \"### None\" when there is none");
        }

        return [.. section.Subsections.Select(subsection =>
            new PageType(subsection.Title, Prose.From(subsection.Blocks), subsection.Line))];
    }

    private static List<PageLink> ReadLinks(PageSection section, PageErrors errors)
    {
        List<PageLink> links = [];
        foreach (var block in section.Blocks)
        {
            List<ParagraphBlock> paragraphs =
                block is ParagraphBlock only ? [only] : [.. block.Descendants<ParagraphBlock>()];
            foreach (var inline in paragraphs.SelectMany(paragraph => paragraph.Inline ?? Enumerable.Empty<Inline>()))
            {
                if (inline is LinkInline { IsImage: false, Url: { } url } link)
                {
                    links.Add(new PageLink(InlineText.From(link), url, link.Line + 1));
                }
                else if (inline is not LineBreakInline && !string.IsNullOrWhiteSpace(inline.ToString()))
                {
                    errors.Layout(
                        inline.Line + 1,
                        "\"## RELATED LINKS\" holds links only, [text](address), one to a paragraph or list item");
                }
            }
        }

        return links;
    }

    private static void ForbidBlocks(PageSection section, PageErrors errors)
    {
        if (section.Blocks.FirstOrDefault() is { } block)
        {
            errors.Layout(
                MarkdownSource.LineOf(block),
                $"\"## {section.Title}\" has no text of its own, only headings of the third level");
        }
    }

    [GeneratedRegex(@"^Example (\d+): \S")]
    private static partial Regex ExampleHeading();
}
