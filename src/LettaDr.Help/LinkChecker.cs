using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace LettaDr.Help;

/// <summary>Finds links that lead to a file which is not there.</summary>
internal static class LinkChecker
{
    /// <summary>Adds an error for each dead link to another file; the web is not asked.</summary>
    public static void Check(MarkdownSource source, PageErrors errors)
    {
        var folder = Path.GetDirectoryName(source.Path) ?? "";
        foreach (var link in source.Document.Descendants<LinkInline>())
        {
            var file = (link.Url ?? "").Split('#')[0];
            if (file.Length > 0 && !InlineText.IsWebAddress(link.Url) && !Path.Exists(Path.Combine(folder, file)))
            {
                errors.Layout(link.Line + 1, $"the link leads to {file}, which is not there");
            }
        }
    }
}
