using System.Text;

namespace LettaDr.Help;

/// <summary>Writes an about topic as the plain text that <c>Get-Help about_…</c> shows.</summary>
internal static class AboutTopicWriter
{
    private const int Width = 80;
    private const int Indent = 4;

    /// <summary>
    /// The text of the topic's help file. The engine takes the fifth line for the synopsis, so that the short
    /// description must stand there whole, however long it is.
    /// </summary>
    public static string Write(AboutTopic topic)
    {
        var text = new StringBuilder();
        text.Append("TOPIC\n    ").Append(topic.Name).Append("\n\n");
        text.Append("SHORT DESCRIPTION\n    ").Append(topic.ShortDescription.ReplaceLineEndings(" ")).Append('\n');
        foreach (var section in topic.Sections)
        {
            text.Append('\n').Append(section.Title.ToUpperInvariant()).Append('\n');
            Append(text, section.Text);
            foreach (var subsection in section.Subsections)
            {
                text.Append("\n  ").Append(subsection.Title).Append('\n');
                Append(text, subsection.Text);
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, IReadOnlyList<ProseBlock> prose)
    {
        ProseBlock? before = null;
        foreach (var block in prose)
        {
            if (before is not null && (block.Kind != ProseKind.Item || before.Kind != ProseKind.Item))
            {
                text.Append('\n');
            }

            var indent = new string(' ', Indent + block.Indent);
            var hanging = indent + new string(' ', block.Marker.Length);
            text.Append(block.Kind == ProseKind.Verbatim
                ? Prose.IndentLines(block.Text, indent.Length + Indent)
                : TextWrap.Wrap(block.Text, Width, indent + block.Marker, hanging));
            text.Append('\n');
            before = block;
        }
    }
}
