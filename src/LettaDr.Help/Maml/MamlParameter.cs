using System.Xml.Linq;

namespace LettaDr.Help;

/// <summary>Writes a parameter, once for each syntax and once for the list of all.</summary>
internal static class MamlParameter
{
    /// <summary>The parameter within a syntax, where accepted values stand in place of the type's name.</summary>
    public static XElement InSyntax(PageParameter parameter, SyntaxParameter syntax, ParameterFacts facts)
    {
        var element = Start(parameter, facts, syntax.IsRequired, syntax.IsPositional ? facts.Position : null);
        if (facts.AcceptedValues.Count > 0 && syntax.ValueType is not null)
        {
            element.Add(new XElement(
                MamlNames.Command + "parameterValueGroup",
                facts.AcceptedValues.Select(value => Value(value, isRequired: false))));
        }

        return Finish(element, facts);
    }

    /// <summary>
    /// The parameter in the list, as it is in the default parameter set, or else in the first that has it.
    /// </summary>
    public static XElement InList(PageParameter parameter, ParameterFacts facts) =>
        Finish(Start(parameter, facts, facts.IsRequired, facts.Position), facts);

    private static XElement Start(PageParameter parameter, ParameterFacts facts, bool isRequired, int? position)
    {
        List<string> paragraphs = [.. Prose.Paragraphs(parameter.Description)];
        if (facts.AcceptedValues.Count > 0)
        {
            paragraphs.Add($"Accepted values: {string.Join(", ", facts.AcceptedValues)}");
        }

        return new XElement(
            MamlNames.Command + "parameter",
            new XAttribute("required", isRequired),
            new XAttribute("variableLength", facts.Type.EndsWith("[]", StringComparison.Ordinal)),
            new XAttribute("globbing", facts.AcceptsWildcards),
            new XAttribute("pipelineInput", Pipeline(facts.PipelineInput)),
            new XAttribute("position", position is { } at ? $"{at}" : "named"),
            new XAttribute("aliases", facts.Aliases.Count == 0 ? "none" : string.Join(", ", facts.Aliases)),
            new XElement(MamlNames.Maml + "name", parameter.Name),
            MamlNames.Paragraphs(MamlNames.Maml + "description", paragraphs));
    }

    private static XElement Finish(XElement element, ParameterFacts facts)
    {
        if (!facts.IsSwitch)
        {
            element.Add(Value(facts.Type, isRequired: true));
        }

        element.Add(MamlNames.Type(facts.Type), new XElement(MamlNames.Dev + "defaultValue", facts.DefaultValue));
        return element;
    }

    private static string Pipeline(PipelineInput input) => input == PipelineInput.None ? "false" : $"true ({input})";

    private static XElement Value(string text, bool isRequired) => new(
        MamlNames.Command + "parameterValue",
        new XAttribute("required", isRequired),
        new XAttribute("variableLength", false),
        text);
}
