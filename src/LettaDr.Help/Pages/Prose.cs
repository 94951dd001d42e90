using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace LettaDr.Help;

/// <summary>Turns blocks of Markdown into pieces of plain text.</summary>
internal static class Prose
{
    /// <summary>The blocks' text, piece by piece; comments are left out.</summary>
    public static IReadOnlyList<ProseBlock> From(IEnumerable<Block> blocks)
    {
        List<ProseBlock> prose = [];
        Append(prose, blocks, 0);
        return prose;
    }

    /// <summary>
    /// The prose as paragraphs. What stays as it is hangs on the paragraph before it, because the engine trims the
    /// start of each paragraph and would pull the first line of a table out of its columns.
    /// </summary>
    public static IReadOnlyList<string> Paragraphs(IReadOnlyList<ProseBlock> prose)
    {
        List<string> paragraphs = [];
        ProseBlock? before = null;
        foreach (var block in prose)
        {
            var text = new string(' ', block.Indent) + block.Marker + block.Text;
            if (before is not null && block.Kind == ProseKind.Verbatim)
            {
                paragraphs[^1] += "\n\n" + IndentLines(block.Text, block.Indent + 4);
            }
            else if (before?.Kind == ProseKind.Item && block.Kind == ProseKind.Item)
            {
                paragraphs[^1] += "\n" + text;
            }
            else
            {
                paragraphs.Add(text);
            }

            before = block;
        }

        return paragraphs;
    }

    /// <summary>Moves each line that is not empty in by so many columns.</summary>
    public static string IndentLines(string text, int columns) =>
        string.Join('\n', text.Split('\n').Select(line => line.Length == 0 ? line : new string(' ', columns) + line));

    /// <summary>The lines of a block of code, without the fences.</summary>
    public static string CodeOf(LeafBlock code) => code.Lines.ToString().ReplaceLineEndings("\n").Trim('\n');

    private static void Append(List<ProseBlock> prose, IEnumerable<Block> blocks, int indent)
    {
        foreach (var block in blocks)
        {
            switch (block)
            {
                case CodeBlock code:
                    prose.Add(new ProseBlock(ProseKind.Verbatim, CodeOf(code), Indent: indent));
                    break;
                case Table table:
                    prose.Add(new ProseBlock(ProseKind.Verbatim, TextTable.From(table), Indent: indent));
                    break;
                case ListBlock list:
                    AppendList(prose, list, indent);
                    break;
                case QuoteBlock quote:
                    Append(prose, quote, indent);
                    break;
                case HeadingBlock or ParagraphBlock:
                    var text = InlineText.From(((LeafBlock)block).Inline);
                    prose.Add(indent == 0
                        ? new ProseBlock(ProseKind.Paragraph, text)
                        : new ProseBlock(ProseKind.Item, text, Indent: indent));
                    break;
            }
        }
    }

    private static void AppendList(List<ProseBlock> prose, ListBlock list, int indent)
    {
        var number = int.TryParse(list.OrderedStart, out var start) ? start : 1;
        foreach (var item in list.Cast<ListItemBlock>())
        {
            var marker = list.IsOrdered ? $"{number++}. " : "- ";
            var first = prose.Count;
            Append(prose, item, indent + marker.Length);
            if (prose.Count > first && prose[first].Kind == ProseKind.Item)
            {
                prose[first] = prose[first] with { Marker = marker, Indent = indent };
            }
        }
    }
}
