namespace LettaDr.Console;

internal static class Program
{
    private static int Main(string[] args)
    {
        Systems.BatchScheduling.EnterOwnProcess();

        // The engine would otherwise report module loads to its maker; a jump box has nothing to tell.
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");

        ConsoleOptions options = ConsoleOptionsParser.Parse(args);
        if (options.Error is not null)
        {
            System.Console.Error.WriteLine(options.Error);
            return ExitCode.BadCommandLine;
        }

        switch (options.Action)
        {
            case ConsoleAction.ShowVersion:
                System.Console.Out.WriteLine(Banner.Version);
                return ExitCode.Success;
            case ConsoleAction.ShowHelp:
                Usage.Write(System.Console.Out);
                return ExitCode.Success;
            default:
                using (var console = new ConsoleRun(options, new Terminal(options.NonInteractive)))
                {
                    return console.Run();
                }
        }
    }
}
