using System.Management.Automation;
using System.Reflection;

namespace LettaDr.Help;

/// <summary>Asks the engine what holds of each parameter of a cmdlet.</summary>
internal static class ParameterDescriber
{
    /// <summary>Describes the parameters of a cmdlet: by name, with those of <c>ShouldProcess</c> last.</summary>
    public static IReadOnlyList<ParameterDescription> Describe(
        CmdletInfo cmdlet, IReadOnlyList<CommandParameterSetInfo> sets, XmlDocumentation documentation)
    {
        var defaults = new DefaultValues(cmdlet.ImplementingType);
        return [.. sets
            .SelectMany(set => CommandDescriber.ParametersOf(set).Select(parameter => (set, parameter)))
            .GroupBy(pair => pair.parameter.Name)
            .OrderBy(group => group.Key, ParameterOrder.Instance)
            .Select(group => new ParameterDescription(
                group.Key,
                FactsOf([.. group], sets.Count),
                defaults.Of(group.Key),
                Summary(cmdlet.ImplementingType, group.Key, documentation)))];
    }

    private static IReadOnlyList<ParameterFacts> FactsOf(
        List<(CommandParameterSetInfo Set, CommandParameterInfo Parameter)> uses, int setCount)
    {
        var groups = uses
            .Select(use => (use.Set.Name, Facts: FactsOf(use.Parameter)))
            .GroupBy(use => use.Facts.ToString())
            .ToList();
        return [.. groups.Select(group => group.First().Facts with
        {
            ParameterSets = groups.Count == 1 && uses.Count == setCount ? [] : [.. group.Select(use => use.Name)],
        })];
    }

    private static ParameterFacts FactsOf(CommandParameterInfo parameter) => new()
    {
        Type = TypeNames.Short(parameter.ParameterType),
        Aliases = [.. parameter.Aliases.Order(StringComparer.Ordinal)],
        AcceptedValues = AcceptedValues(parameter),
        IsRequired = parameter.IsMandatory,
        Position = CommandDescriber.IsNamed(parameter) ? null : parameter.Position,
        PipelineInput = (parameter.ValueFromPipeline ? PipelineInput.ByValue : PipelineInput.None)
            | (parameter.ValueFromPipelineByPropertyName ? PipelineInput.ByPropertyName : PipelineInput.None),
        AcceptsWildcards = parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any(),
    };

    private static IReadOnlyList<string> AcceptedValues(CommandParameterInfo parameter)
    {
        if (parameter.Attributes.OfType<ValidateSetAttribute>().FirstOrDefault() is { } set)
        {
            return [.. set.ValidValues];
        }

        return TypeNames.EnumOf(parameter.ParameterType) is { } type ? Enum.GetNames(type) : [];
    }

    private static string Summary(Type cmdlet, string parameter, XmlDocumentation documentation) => parameter switch
    {
        "WhatIf" => "Shows what the cmdlet would do, and does none of it.",
        "Confirm" => "Asks before the cmdlet does anything. `-Confirm:$false` does it without asking.",
        _ => cmdlet.GetProperty(parameter, BindingFlags.Public | BindingFlags.Instance) is { } property
            ? documentation.SummaryOf(property)
            : "",
    };
}
