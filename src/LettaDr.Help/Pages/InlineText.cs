using System.Text;
using Markdig.Syntax.Inlines;

namespace LettaDr.Help;

/// <summary>Turns a line of Markdown into plain text that reads well in a terminal.</summary>
internal static class InlineText
{
    /// <summary>
    /// The text without its emphasis. Code keeps its backticks, a link to the web shows its address, a link to another
    /// page only its text.
    /// </summary>
    public static string From(ContainerInline? inlines)
    {
        var text = new StringBuilder();
        Append(text, inlines);
        return text.ToString().Trim();
    }

    /// <summary>Whether a link leads to the web, and not to a page beside this one.</summary>
    public static bool IsWebAddress(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto";

    private static void Append(StringBuilder text, ContainerInline? inlines)
    {
        foreach (var inline in inlines ?? [])
        {
            switch (inline)
            {
                case LiteralInline literal:
                    text.Append(literal.Content.AsSpan());
                    break;
                case CodeInline code:
                    text.Append('`').Append(code.Content).Append('`');
                    break;
                case LineBreakInline lineBreak:
                    text.Append(lineBreak.IsHard ? '\n' : ' ');
                    break;
                case AutolinkInline address:
                    text.Append(address.Url);
                    break;
                case HtmlEntityInline entity:
                    text.Append(entity.Transcoded.AsSpan());
                    break;
                case HtmlInline html when !html.Tag.StartsWith("<!--", StringComparison.Ordinal):
                    text.Append(html.Tag);
                    break;
                case LinkInline link:
                    AppendLink(text, link);
                    break;
                case ContainerInline container:
                    Append(text, container);
                    break;
            }
        }
    }

    private static void AppendLink(StringBuilder text, LinkInline link)
    {
        var start = text.Length;
        Append(text, link);
        if (!link.IsImage && IsWebAddress(link.Url) && text.ToString(start, text.Length - start) != link.Url)
        {
            text.Append(" (").Append(link.Url).Append(')');
        }
    }
}
