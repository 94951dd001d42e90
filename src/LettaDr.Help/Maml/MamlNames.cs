using System.Xml.Linq;

namespace LettaDr.Help;

/// <summary>The namespaces of MAML, and the elements that are made in several places.</summary>
internal static class MamlNames
{
    /// <summary>Namespace of the document.</summary>
    public static readonly XNamespace Help = "http://msh";

    /// <summary>
    /// Namespace of text; its prefix must be <c>maml</c>, since the engine asks for <c>maml:introduction</c> by prefix.
    /// </summary>
    public static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";

    /// <summary>Namespace of what a command has.</summary>
    public static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";

    /// <summary>Namespace of types and code.</summary>
    public static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>An element that holds paragraphs.</summary>
    public static XElement Paragraphs(XName name, IEnumerable<string> paragraphs) =>
        new(name, paragraphs.Select(paragraph => new XElement(Maml + "para", paragraph)));

    /// <summary>A description.</summary>
    public static XElement Description(IReadOnlyList<ProseBlock> prose) =>
        Paragraphs(Maml + "description", Prose.Paragraphs(prose));

    /// <summary>A type.</summary>
    public static XElement Type(string name) =>
        new(Dev + "type", new XElement(Maml + "name", name), new XElement(Maml + "uri"));
}
