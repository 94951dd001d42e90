namespace LettaDr.Console;

/// <summary>What the process says when it ends; the same numbers as pwsh.</summary>
internal static class ExitCode
{
    /// <summary>The command or script ran to its end.</summary>
    public const int Success = 0;

    /// <summary>A terminating error, a failed last command, or the user's Ctrl+C.</summary>
    public const int Failure = 1;

    /// <summary>The command line cannot be understood, or names a script that does not exist.</summary>
    public const int BadCommandLine = 64;

    /// <summary>Asked to end by SIGHUP: 128 + 1.</summary>
    public const int HungUp = 129;

    /// <summary>Asked to end by SIGTERM: 128 + 15.</summary>
    public const int Terminated = 143;
}
