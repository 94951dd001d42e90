using System.Xml.Linq;

namespace LettaDr.Help;

/// <summary>
/// Writes an example: what comes before the first code is its introduction, what follows the code are its remarks.
/// </summary>
internal static class MamlExample
{
    private const int TitleWidth = 72;

    /// <summary>
    /// The example. Code and the output that follows it at once stay together, so that tables keep their columns.
    /// </summary>
    public static XElement From(PageExample example)
    {
        var introduction = example.Parts.TakeWhile(part => part.Language is null).ToList();
        var code = example.Parts.Skip(introduction.Count).TakeWhile(part => part.Language is not null).ToList();
        var remarks = example.Parts.Skip(introduction.Count + code.Count);
        return new XElement(
            MamlNames.Command + "example",
            new XElement(MamlNames.Maml + "title", Title(example.Title)),
            MamlNames.Paragraphs(MamlNames.Maml + "introduction", Introduction(introduction)),
            new XElement(MamlNames.Dev + "code", string.Join("\n\n", code.Select(part => part.Code))),
            // The empty one keeps the title of the next example at a distance.
            MamlNames.Paragraphs(MamlNames.Dev + "remarks", [.. Paragraphs(remarks), ""]));
    }

    private static IReadOnlyList<string> Paragraphs(IEnumerable<ExamplePart> parts) =>
        Prose.Paragraphs([.. parts.SelectMany(part =>
            part.Language is null ? part.Prose : [new ProseBlock(ProseKind.Verbatim, part.Code)])]);

    // The engine sets nothing between the paragraphs of an introduction, nor before the code, and trims the end of each
    // paragraph but the last: so there is only one.
    private static IEnumerable<string> Introduction(IEnumerable<ExamplePart> parts)
    {
        var paragraphs = Paragraphs(parts);
        return paragraphs.Count == 0 ? [] : [string.Join("\n\n", paragraphs) + "\n\n"];
    }

    private static string Title(string title)
    {
        var dashes = new string('-', Math.Max(3, (TitleWidth - title.Length - 2) / 2));
        return $"{dashes} {title} {dashes}";
    }
}
