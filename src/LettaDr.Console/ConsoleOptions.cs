using System.Management.Automation.Runspaces;

namespace LettaDr.Console;

/// <summary>The command line, understood.</summary>
internal sealed record ConsoleOptions
{
    /// <summary>What to do.</summary>
    public ConsoleAction Action { get; init; }

    /// <summary>The text to run, for <see cref="ConsoleAction.Command"/>.</summary>
    public string? Command { get; init; }

    /// <summary>Full path of the script, for <see cref="ConsoleAction.File"/>.</summary>
    public string? File { get; init; }

    /// <summary>Arguments of the script, named and positional, in their order.</summary>
    public IReadOnlyList<CommandParameter> Arguments { get; init; } = [];

    /// <summary>Whether prompts are errors.</summary>
    public bool NonInteractive { get; init; }

    /// <summary>Whether the greeting is left out.</summary>
    public bool NoLogo { get; init; }

    /// <summary>Whether to start without the LettaDr module.</summary>
    public bool NoModule { get; init; }

    /// <summary>Path of the module's manifest, or of the folder that holds it, when given.</summary>
    public string? Module { get; init; }

    /// <summary>Folder to start in, when given.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Why the command line cannot be understood; null when it can.</summary>
    public string? Error { get; init; }
}
