namespace LettaDr.Help;

/// <summary>
/// Reads an about topic: <c># about_Name</c>, <c>## SHORT DESCRIPTION</c>, <c>## LONG DESCRIPTION</c>, then what it
/// likes.
/// </summary>
internal static class AboutTopicReader
{
    private const string ShortDescription = "SHORT DESCRIPTION";
    private const string LongDescription = "LONG DESCRIPTION";

    /// <summary>Reads a topic; what is wrong with it goes to <paramref name="errors"/>.</summary>
    public static AboutTopic Read(MarkdownSource source, PageErrors errors)
    {
        PageLayout.CheckWhole(source, errors);
        var titles = PageSection.Split(source).Subsections;
        if (titles is not [var title] || title.Title != source.Name)
        {
            errors.Layout(
                titles.FirstOrDefault()?.Line ?? 1,
                $"the page must have the one title \"# {source.Name}\", like its file");
            return new AboutTopic(source.Name, "", []);
        }

        if (title.Blocks.Count > 0)
        {
            errors.Layout(
                MarkdownSource.LineOf(title.Blocks[0]),
                $"no text may stand before \"## {ShortDescription}\"");
        }

        if (title.Subsections is not [{ Title: ShortDescription } summary, { Title: LongDescription }, ..])
        {
            errors.Layout(
                title.Line,
                $"the first sections must be \"## {ShortDescription}\" and \"## {LongDescription}\"");
            return new AboutTopic(source.Name, "", []);
        }

        var text = Prose.From(summary.Blocks);
        if (text is not [{ Kind: ProseKind.Paragraph }])
        {
            errors.Unwritten(summary.Line, $"\"## {ShortDescription}\" must be a single paragraph");
        }

        List<PageSection> sections = [.. title.Subsections.Skip(1)];
        foreach (var empty in sections.Where(section => section.Blocks.Count + section.Subsections.Count == 0))
        {
            errors.Unwritten(empty.Line, $"\"## {empty.Title}\" is empty");
        }

        return new AboutTopic(source.Name, text.Count == 0 ? "" : text[0].Text, [.. sections.Select(ToSection)]);
    }

    private static AboutSection ToSection(PageSection section) =>
        new(section.Title, Prose.From(section.Blocks), [.. section.Subsections.Select(ToSection)]);
}
