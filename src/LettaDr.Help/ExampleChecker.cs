using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Text.RegularExpressions;

namespace LettaDr.Help;

/// <summary>Checks the code of a page's examples against the cmdlets as they are.</summary>
internal static partial class ExampleChecker
{
    // Every cmdlet that changes something has them, and they are the same everywhere.
    private static readonly HashSet<string> NeedNoExample = ["Confirm", "WhatIf"];

    /// <summary>
    /// Adds an error for code that PowerShell cannot parse, for a parameter that is used and does not exist, and for a
    /// parameter of the cmdlet that no example uses.
    /// </summary>
    public static void Check(MarkdownPage page, CommandDescription command, HostedModule module, PageErrors errors)
    {
        HashSet<string> used = new(StringComparer.OrdinalIgnoreCase);
        var before = Runspace.DefaultRunspace;
        // The binder resolves commands through the runspace of its thread.
        Runspace.DefaultRunspace = module.Runspace;
        try
        {
            foreach (var part in page.Examples.SelectMany(example => example.Parts).Where(part => part.IsPowerShell))
            {
                CheckCode(part, command, module, used, errors);
            }
        }
        finally
        {
            Runspace.DefaultRunspace = before;
        }

        foreach (var parameter in page.Parameters)
        {
            if (!used.Contains(parameter.Name) && !NeedNoExample.Contains(parameter.Name))
            {
                errors.Unwritten(parameter.FirstLine, $"no example uses -{parameter.Name}");
            }
        }
    }

    private static void CheckCode(
        ExamplePart part, CommandDescription command, HostedModule module, HashSet<string> used, PageErrors errors)
    {
        var tree = Parser.ParseInput(Prompt().Replace(part.Code, ""), out _, out var problems);
        foreach (var problem in problems)
        {
            errors.Layout(
                part.Line + problem.Extent.StartLineNumber,
                $"PowerShell cannot parse the example: {problem.Message}");
        }

        foreach (var call in All<CommandAst>(tree))
        {
            var name = call.GetCommandName();
            if (module.Commands.Any(other => other.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            {
                var bound = Bind(call, part, errors);
                if (command.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    used.UnionWith(bound);
                    used.UnionWith(Splatted(call, tree));
                }
            }
        }
    }

    private static IEnumerable<string> Bind(CommandAst call, ExamplePart part, PageErrors errors)
    {
        var binding = StaticParameterBinder.BindCommand(call);
        foreach (var (argument, error) in binding.BindingExceptions)
        {
            if (error.BindingException.ErrorId is "NamedParameterNotFound" or "AmbiguousParameter")
            {
                errors.Layout(
                    part.Line + error.CommandElement.Extent.StartLineNumber,
                    $"the example calls {call.GetCommandName()} with {argument}: {error.BindingException.Message}");
            }
        }

        return binding.BoundParameters.Keys;
    }

    // @settings names no parameter; the keys of the hashtable that the example put into $settings do.
    private static IEnumerable<string> Splatted(CommandAst call, ScriptBlockAst tree)
    {
        var splatted = call.CommandElements.OfType<VariableExpressionAst>()
            .Where(variable => variable.Splatted)
            .Select(variable => variable.VariablePath.UserPath)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return All<AssignmentStatementAst>(tree)
            .Where(to => to.Left is VariableExpressionAst variable && splatted.Contains(variable.VariablePath.UserPath))
            .SelectMany(assignment => All<HashtableAst>(assignment.Right).Take(1))
            .SelectMany(table => table.KeyValuePairs)
            .Select(pair => (pair.Item1 as StringConstantExpressionAst)?.Value ?? "");
    }

    private static IEnumerable<T> All<T>(Ast tree)
        where T : Ast => tree.FindAll(node => node is T, searchNestedScriptBlocks: true).Cast<T>();

    [GeneratedRegex(@"^(?:PS(?: [^>\n]*)?> ?|>> )", RegexOptions.Multiline)]
    private static partial Regex Prompt();
}
