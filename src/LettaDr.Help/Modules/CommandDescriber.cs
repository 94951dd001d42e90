using System.Management.Automation;

namespace LettaDr.Help;

/// <summary>Asks the engine what a cmdlet takes and gives.</summary>
internal static class CommandDescriber
{
    /// <summary>Describes a cmdlet.</summary>
    public static CommandDescription Describe(CmdletInfo cmdlet, string moduleName)
    {
        var sets = cmdlet.ParameterSets
            .OrderByDescending(set => set.IsDefault)
            .ThenBy(set => set.Name, StringComparer.Ordinal)
            .ToList();
        var documentation = XmlDocumentation.For(cmdlet.ImplementingType.Assembly);
        return new CommandDescription
        {
            Name = cmdlet.Name,
            ModuleName = moduleName,
            HelpFile = Path.GetFileName(cmdlet.ImplementingType.Assembly.Location) + "-Help.xml",
            OnlineVersion = new CommandMetadata(cmdlet).HelpUri ?? "",
            Summary = documentation.SummaryOf(cmdlet.ImplementingType),
            Syntax = [.. sets.Select(set => Syntax(cmdlet.Name, set, sets.Count == 1))],
            Parameters = ParameterDescriber.Describe(cmdlet, sets, documentation),
            Inputs = [.. sets.SelectMany(ParametersOf)
                .Where(parameter => parameter.ValueFromPipeline)
                .Select(parameter => TypeNames.Full(parameter.ParameterType))
                .Distinct()
                .Order(StringComparer.Ordinal)],
            Outputs = [.. cmdlet.OutputType.Select(TypeNames.Full).Distinct().Order(StringComparer.Ordinal)],
        };
    }

    /// <summary>
    /// A set's parameters without those that every cmdlet has, in the order in which the engine shows them.
    /// </summary>
    public static IReadOnlyList<CommandParameterInfo> ParametersOf(CommandParameterSetInfo set) =>
        [.. set.Parameters
            .Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name))
            .Select((parameter, order) => (parameter, order))
            .OrderBy(pair => IsNamed(pair.parameter) ? int.MaxValue : pair.parameter.Position)
            .ThenBy(pair => IsNamed(pair.parameter) && !pair.parameter.IsMandatory)
            .ThenBy(pair => pair.order)
            .Select(pair => pair.parameter)];

    /// <summary>Name of a set in a page; null for the only set of a cmdlet that names none.</summary>
    public static string? NameOf(CommandParameterSetInfo set, bool isOnly) =>
        isOnly && set.Name == ParameterAttribute.AllParameterSets ? null : set.Name;

    /// <summary>Whether a parameter goes by its name only.</summary>
    public static bool IsNamed(CommandParameterInfo parameter) => parameter.Position == int.MinValue;

    private static SyntaxBlock Syntax(string commandName, CommandParameterSetInfo set, bool isOnly)
    {
        var parameters = ParametersOf(set).Select(parameter => new SyntaxParameter(
            parameter.Name,
            parameter.ParameterType == typeof(SwitchParameter) ? null : TypeNames.Short(parameter.ParameterType),
            parameter.IsMandatory,
            !IsNamed(parameter)));
        return new SyntaxBlock(commandName, [.. parameters])
        {
            ParameterSet = NameOf(set, isOnly),
            IsDefault = set.IsDefault || isOnly,
        };
    }
}
