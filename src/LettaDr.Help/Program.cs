namespace LettaDr.Help;

/// <summary>The tool's entry.</summary>
internal static class Program
{
    private const string Usage = """
        LettaDr.Help <docs folder> <output folder>        writes what Get-Help reads: MAML and about_*.help.txt
        LettaDr.Help new <module> <docs folder>           makes a page for each cmdlet that has none
        LettaDr.Help update <module> <docs folder>        brings SYNTAX and yaml blocks up to the cmdlets
        LettaDr.Help check <module> <docs folder>         tells where pages and cmdlets differ

        <module> is a manifest (.psd1) or the assembly with the cmdlets (.dll).
        Exit code: 0 all well, 1 a page or the module has errors, 2 the command line cannot be meant so.
        """;

    /// <summary>Runs the tool on the console.</summary>
    public static int Main(string[] arguments) => Run(arguments, Console.Out, Console.Error);

    /// <summary>Runs the tool.</summary>
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        var commands = new HelpCommands(output, error);
        try
        {
            switch (arguments)
            {
                case ["--help" or "-h"]:
                    output.WriteLine(Usage);
                    return 0;
                case ["new", var module, var docs]:
                    return Result(commands.New(module, docs));
                case ["update", var module, var docs]:
                    return Result(commands.Update(module, docs));
                case ["check", var module, var docs]:
                    return Result(commands.Check(module, docs));
                case [not ("new" or "update" or "check") and var docs, var target]:
                    return Result(commands.Build(docs, target));
                default:
                    error.WriteLine(Usage);
                    return 2;
            }
        }
        catch (Exception exception) when (exception is HelpToolException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine(exception.Message);
            return 1;
        }
    }

    private static int Result(int errors) => errors == 0 ? 0 : 1;
}
