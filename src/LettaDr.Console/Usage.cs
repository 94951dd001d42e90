namespace LettaDr.Console;

/// <summary>The help of the command line.</summary>
internal static class Usage
{
    /// <summary>Writes it.</summary>
    public static void Write(TextWriter writer)
    {
        writer.WriteLine($"""
            {Banner.Version}: PowerShell with the LettaDr module, for machines without PowerShell.

            lettadr                                   a prompt; with input piped in, runs that input
            lettadr -Command <text ...>               runs the text; - reads it from standard input
            lettadr [-File] <script.ps1> [arguments]  runs a script: -Name value, -Name:value, -Switch, positional

              -NonInteractive           a prompt is an error; no progress bars
              -NoLogo                   no greeting
              -WorkingDirectory <path>  where to start
              --module <path>           the module's manifest, or its folder; also by {ModuleLocator.Variable}
              --no-module               starts without the module
              -Version, -Help

            Exit codes, as pwsh: -File gives what the script exits with, or 1 after a terminating error; -Command
            gives 1 when its last command failed. 64: the command line is wrong. Ctrl+C: 1; SIGTERM: 143; both only
            after the command has ended its work.
            Objects go to standard output; errors, warnings, verbose text and progress to standard error.
            NO_COLOR turns colours off. History: {InputHistory.DefaultFile}

            Besides the engine's own and LettaDr's, these commands are built in. Each does what its namesake in
            PowerShell does, for the parameters that Get-Command -Syntax shows:
            """);
        foreach (string[] line in EverydayCommands.All.Select(command => command.Name).Chunk(4))
        {
            writer.WriteLine("  " + string.Concat(line.Select(name => name.PadRight(26))).TrimEnd());
        }
    }
}
