using System.Text.RegularExpressions;
using Markdig.Syntax;

namespace LettaDr.Help;

/// <summary>The sections that a page has, in their order, each exactly once.</summary>
internal static partial class PageLayout
{
    /// <summary>Titles of the sections.</summary>
    public static readonly IReadOnlyList<string> Sections =
    [
        "SYNOPSIS", "SYNTAX", "DESCRIPTION", "EXAMPLES", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS",
    ];

    /// <summary>Finds the page's sections by their titles; those that the page lacks come out empty.</summary>
    public static IReadOnlyDictionary<string, PageSection> SectionsOf(
        PageSection root, MarkdownSource source, PageErrors errors)
    {
        var title = root.Subsections.FirstOrDefault();
        if (title is null || root.Subsections.Count != 1 || title.Title != source.Name)
        {
            errors.Layout(title?.Line ?? 1, $"the page must have the one title \"# {source.Name}\", like its file");
        }

        var present = title?.Subsections ?? [];
        foreach (var section in present.Where(section => !Sections.Contains(section.Title)))
        {
            errors.Layout(
                section.Line,
                $"\"## {section.Title}\" is not a section of a page; those are {string.Join(", ", Sections)}");
        }

        Dictionary<string, PageSection> found = [];
        var line = title?.Line ?? 1;
        foreach (var name in Sections)
        {
            var sections = present.Where(section => section.Title == name).ToList();
            foreach (var again in sections.Skip(1))
            {
                errors.Layout(again.Line, $"\"## {name}\" is there a second time");
            }

            if (sections.Count == 0)
            {
                errors.Layout(line, $"\"## {name}\" is missing");
            }
            else if (sections[0].Line < line)
            {
                errors.Layout(
                    sections[0].Line,
                    $"\"## {name}\" is out of order; the order is {string.Join(", ", Sections)}");
            }
            else
            {
                line = sections[0].Line;
            }

            found[name] = sections.FirstOrDefault() ?? new PageSection(name, line);
        }

        return found;
    }

    /// <summary>Adds errors for what no page may hold, wherever it stands.</summary>
    public static void CheckWhole(MarkdownSource source, PageErrors errors)
    {
        source.CheckCharacters(errors);
        foreach (var html in source.Document.Descendants<HtmlBlock>().Where(html => html.Type != HtmlBlockType.Comment))
        {
            errors.Layout(MarkdownSource.LineOf(html), "a terminal cannot show HTML; write it in Markdown");
        }

        for (var line = 0; line < source.Lines.Count; line++)
        {
            if (Placeholder().IsMatch(source.Lines[line]))
            {
                errors.Unwritten(line + 1, $"still to be written: {source.Lines[line].Trim()}");
            }
        }
    }

    [GeneratedRegex(@"\{\{ ?Fill\b")]
    private static partial Regex Placeholder();
}
