using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace LettaDr.Help;

/// <summary>Writes pages as MAML, the XML that <c>Get-Help</c> reads.</summary>
internal static class MamlWriter
{
    /// <summary>The text of one help file. The same pages always give the same text.</summary>
    public static string Write(IEnumerable<MarkdownPage> pages)
    {
        var root = new XElement(
            MamlNames.Help + "helpItems",
            new XAttribute("schema", "maml"),
            new XAttribute(XNamespace.Xmlns + "maml", MamlNames.Maml),
            new XAttribute(XNamespace.Xmlns + "command", MamlNames.Command),
            new XAttribute(XNamespace.Xmlns + "dev", MamlNames.Dev),
            pages.OrderBy(page => page.Name, StringComparer.Ordinal).Select(Command));
        using var stream = new MemoryStream();
        var settings = new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            Indent = true,
            NewLineChars = "\n",
        };
        using (var writer = XmlWriter.Create(stream, settings))
        {
            root.Save(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static XElement Command(MarkdownPage page) => new(
        MamlNames.Command + "command",
        Details(page),
        MamlNames.Description(page.Description),
        new XElement(MamlNames.Command + "syntax", page.Syntax.Select(block => SyntaxItem(page, block))),
        new XElement(MamlNames.Command + "parameters", page.Parameters.Select(parameter => Parameter(page, parameter))),
        new XElement(MamlNames.Command + "inputTypes", page.Inputs.Select(type => Type("inputType", type))),
        new XElement(MamlNames.Command + "returnValues", page.Outputs.Select(type => Type("returnValue", type))),
        Notes(page),
        new XElement(MamlNames.Command + "examples", page.Examples.Select(MamlExample.From)),
        new XElement(MamlNames.Command + "relatedLinks", Links(page)));

    private static XElement Details(MarkdownPage page)
    {
        var dash = page.Name.IndexOf('-', StringComparison.Ordinal);
        return new XElement(
            MamlNames.Command + "details",
            new XElement(MamlNames.Command + "name", page.Name),
            new XElement(MamlNames.Command + "verb", page.Name[..dash]),
            new XElement(MamlNames.Command + "noun", page.Name[(dash + 1)..]),
            MamlNames.Description(page.Synopsis));
    }

    private static XElement SyntaxItem(MarkdownPage page, SyntaxBlock block) => new(
        MamlNames.Command + "syntaxItem",
        new XElement(MamlNames.Maml + "name", page.Name),
        block.Parameters.Select(syntax =>
        {
            var parameter = page.Parameter(syntax.Name)!;
            return MamlParameter.InSyntax(parameter, syntax, parameter.FactsFor(block.ParameterSet)!);
        }));

    private static XElement Parameter(MarkdownPage page, PageParameter parameter)
    {
        var byDefault = page.Syntax.FirstOrDefault(block => block.IsDefault);
        return MamlParameter.InList(parameter, parameter.FactsFor(byDefault?.ParameterSet) ?? parameter.Facts[0]);
    }

    private static XElement Type(string element, PageType type) => new(
        MamlNames.Command + element,
        MamlNames.Type(type.Name),
        MamlNames.Description(type.Description));

    private static XElement? Notes(MarkdownPage page) => page.Notes.Count == 0 ? null : new XElement(
        MamlNames.Maml + "alertSet",
        MamlNames.Paragraphs(MamlNames.Maml + "alert", Prose.Paragraphs(page.Notes)));

    private static IEnumerable<XElement> Links(MarkdownPage page)
    {
        if (page.FrontMatter.OnlineVersion.Length > 0)
        {
            yield return Link("Online Version:", page.FrontMatter.OnlineVersion);
        }

        foreach (var link in page.RelatedLinks)
        {
            yield return Link(link.Text, InlineText.IsWebAddress(link.Url) ? link.Url : "");
        }
    }

    private static XElement Link(string text, string uri) => new(
        MamlNames.Maml + "navigationLink",
        new XElement(MamlNames.Maml + "linkText", text),
        new XElement(MamlNames.Maml + "uri", uri));
}
