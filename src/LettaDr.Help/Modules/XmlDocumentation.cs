using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace LettaDr.Help;

/// <summary>The comments that the compiler wrote beside an assembly; a new page begins with them.</summary>
internal sealed partial class XmlDocumentation
{
    private readonly Dictionary<string, XElement> summaries = [];

    /// <summary>The comments of an assembly; none when it has no file of them.</summary>
    public static XmlDocumentation For(Assembly assembly)
    {
        var documentation = new XmlDocumentation();
        var path = Path.ChangeExtension(assembly.Location, ".xml");
        if (File.Exists(path))
        {
            foreach (var member in XDocument.Load(path, LoadOptions.PreserveWhitespace).Descendants("member"))
            {
                if (member.Element("summary") is { } summary)
                {
                    documentation.summaries[member.Attribute("name")?.Value ?? ""] = summary;
                }
            }
        }

        return documentation;
    }

    /// <summary>What is said of a type, in Markdown.</summary>
    public string SummaryOf(Type type) => SummaryOf($"T:{type.FullName}");

    /// <summary>What is said of a property, in Markdown.</summary>
    public string SummaryOf(PropertyInfo property) =>
        SummaryOf($"P:{property.DeclaringType?.FullName}.{property.Name}");

    private string SummaryOf(string member)
    {
        if (!summaries.TryGetValue(member, out var summary))
        {
            return "";
        }

        var text = new StringBuilder();
        foreach (var node in summary.DescendantNodes())
        {
            text.Append(node switch
            {
                XText { Parent.Name.LocalName: "c" } code => $"`{code.Value}`",
                XText plain => plain.Value,
                XElement reference when (reference.Attribute("cref") ?? reference.Attribute("langword")) is { } target
                    && reference.IsEmpty => $"`{LastName().Match(target.Value).Value}`",
                _ => "",
            });
        }

        return Whitespace().Replace(text.ToString(), " ").Trim();
    }

    [GeneratedRegex(@"\w+(?=(\(.*\))?$)")]
    private static partial Regex LastName();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
