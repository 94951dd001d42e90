using System.Globalization;
using System.Management.Automation.Host;

namespace LettaDr.Console;

/// <summary>What the engine sees of the console: its name, its user interface, and how scripts ask it to end.</summary>
internal sealed class ConsoleHost : PSHost
{
    private readonly Action _enterNestedPrompt;

    private bool _exitNestedPrompt;

    private int _nestingLevel;

    /// <summary>Makes the host.</summary>
    /// <param name="terminal">Where its user is.</param>
    /// <param name="interrupt">Stops what runs, as Ctrl+C does.</param>
    /// <param name="nestedPrompt">Reads and runs commands until the given question is answered with true.</param>
    public ConsoleHost(Terminal terminal, IInterruption interrupt, Action<Func<bool>> nestedPrompt)
    {
        Terminal = terminal;
        UserInterface = new ConsoleHostUserInterface(terminal, interrupt);
        _enterNestedPrompt = () => nestedPrompt(() => _exitNestedPrompt);
    }

    /// <inheritdoc/>
    public override string Name => "LettaDr Console";

    /// <inheritdoc/>
    public override Version Version => Banner.ConsoleVersion;

    /// <inheritdoc/>
    public override Guid InstanceId { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public override CultureInfo CurrentCulture { get; } = CultureInfo.CurrentCulture;

    /// <inheritdoc/>
    public override CultureInfo CurrentUICulture { get; } = CultureInfo.CurrentUICulture;

    /// <inheritdoc/>
    public override PSHostUserInterface UI => UserInterface;

    /// <summary>The same user interface, with what the console itself needs of it.</summary>
    public ConsoleHostUserInterface UserInterface { get; }

    /// <summary>Where the user is.</summary>
    public Terminal Terminal { get; }

    /// <summary>The exit code that a script asked for by <c>exit</c>; null while none did.</summary>
    public int? RequestedExitCode { get; private set; }

    /// <inheritdoc/>
    public override void SetShouldExit(int exitCode)
    {
        if (_nestingLevel > 0)
        {
            _exitNestedPrompt = true;
            return;
        }

        RequestedExitCode = exitCode;
    }

    /// <inheritdoc/>
    public override void EnterNestedPrompt()
    {
        _nestingLevel++;
        try
        {
            _enterNestedPrompt();
        }
        finally
        {
            _nestingLevel--;
            _exitNestedPrompt = false;
        }
    }

    /// <inheritdoc/>
    public override void ExitNestedPrompt() => _exitNestedPrompt = true;

    /// <inheritdoc/>
    public override void NotifyBeginApplication() => UserInterface.Progress.Suspend();

    /// <inheritdoc/>
    public override void NotifyEndApplication()
    {
        Terminal.FindLineStart();
        UserInterface.Progress.Resume();
    }
}
