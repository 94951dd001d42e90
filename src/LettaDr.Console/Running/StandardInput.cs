using System.Management.Automation.Language;

namespace LettaDr.Console;

/// <summary>What is piped into the process.</summary>
internal static class StandardInput
{
    /// <summary>The lines for <c>$input</c>, when a script uses it and something is piped in; else null, and left unread.</summary>
    public static IEnumerable<string>? ForScript(Ast script)
    {
        bool used = System.Console.IsInputRedirected
            && script.Find(ast => ast is VariableExpressionAst { VariablePath.UserPath: var name }
                && name.Equals("input", StringComparison.OrdinalIgnoreCase), searchNestedScriptBlocks: false) is not null;
        return used ? Lines() : null;
    }

    private static IEnumerable<string> Lines()
    {
        while (System.Console.In.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
