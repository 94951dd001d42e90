namespace LettaDr.Help.Hosting;

/// <summary>A run of the tool: its exit code and what it wrote.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    public static ToolRun Of(params string[] arguments)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var exitCode = Program.Run(arguments, output, error);
        return new ToolRun(exitCode, output.ToString(), error.ToString());
    }
}
