using Markdig.Syntax;

namespace LettaDr.Help;

/// <summary>A heading and what stands under it.</summary>
/// <param name="title">Text of the heading.</param>
/// <param name="line">Line of the heading, from 1.</param>
internal sealed class PageSection(string title, int line)
{
    /// <summary>Text of the heading.</summary>
    public string Title { get; } = title;

    /// <summary>Line of the heading, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>The blocks before the first heading of the next level.</summary>
    public List<Block> Blocks { get; } = [];

    /// <summary>The sections of the next level.</summary>
    public List<PageSection> Subsections { get; } = [];

    /// <summary>The last line that belongs to the section, its subsections included; from 1.</summary>
    public int LastLine { get; private set; }

    /// <summary>
    /// Splits a document by its headings of levels 1 to 3; deeper ones stay blocks of text.
    /// The result stands for the whole file and has the headings of level 1 as subsections.
    /// </summary>
    public static PageSection Split(MarkdownSource source)
    {
        var root = new PageSection("", 0);
        List<PageSection> open = [root];
        foreach (var block in source.Document)
        {
            if (block is HeadingBlock { Level: <= 3 } heading)
            {
                Close(open, heading.Level, heading.Line);
                // A heading that skips a level hangs under the nearest one above it, and is out of place there.
                var section = new PageSection(InlineText.From(heading.Inline), MarkdownSource.LineOf(heading));
                open[^1].Subsections.Add(section);
                while (open.Count < heading.Level)
                {
                    open.Add(open[^1]);
                }

                open.Add(section);
            }
            else if (block is not HtmlBlock)
            {
                // Of HTML, pages may hold comments only, and those are for who edits them.
                open[^1].Blocks.Add(block);
            }
        }

        Close(open, 1, source.Lines.Count);
        root.LastLine = source.Lines.Count;
        return root;
    }

    private static void Close(List<PageSection> open, int level, int lastLine)
    {
        while (open.Count > level)
        {
            if (open[^1] != open[^2])
            {
                open[^1].LastLine = lastLine;
            }

            open.RemoveAt(open.Count - 1);
        }
    }
}
