namespace LettaDr.Console;

/// <summary>What the command line asks for.</summary>
internal enum ConsoleAction
{
    /// <summary>Read commands from the terminal, with a prompt.</summary>
    Prompt,

    /// <summary>Read commands from standard input, without a prompt.</summary>
    StandardInput,

    /// <summary>Run the text after -Command.</summary>
    Command,

    /// <summary>Run the script after -File.</summary>
    File,

    /// <summary>Print the version.</summary>
    ShowVersion,

    /// <summary>Print the help.</summary>
    ShowHelp,
}
