using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace LettaDr.Console;

/// <summary>
/// The streams and prompts of the engine on a terminal. Objects and Write-Host go to standard output; errors, warnings,
/// verbose and debug text and progress to standard error, so that output can be piped on.
/// </summary>
internal sealed class ConsoleHostUserInterface : PSHostUserInterface
{
    private readonly Terminal _terminal;

    private readonly LineReader _reader;

    /// <summary>Makes the user interface.</summary>
    public ConsoleHostUserInterface(Terminal terminal, IInterruption interruption)
    {
        _terminal = terminal;
        _reader = new LineReader(terminal, new KeyReader(interruption), interruption);
        RawUI = new ConsoleRawUserInterface(terminal);
        Progress = ProgressDisplay.For(terminal);
    }

    /// <inheritdoc/>
    public override PSHostRawUserInterface RawUI { get; }

    /// <inheritdoc/>
    public override bool SupportsVirtualTerminal => _terminal.OutputHasColour;

    /// <summary>Where progress is shown.</summary>
    public IProgressDisplay Progress { get; }

    /// <inheritdoc/>
    public override void Write(string value) => _terminal.WriteOutput(value);

    /// <inheritdoc/>
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        _terminal.WriteOutput(Coloured(foregroundColor, backgroundColor, value));

    /// <inheritdoc/>
    public override void WriteLine(string value) => _terminal.WriteOutput(value + "\n");

    /// <inheritdoc/>
    public override void WriteLine(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        _terminal.WriteOutput(Coloured(foregroundColor, backgroundColor, value) + "\n");

    /// <inheritdoc/>
    public override void WriteErrorLine(string value)
    {
        bool styled = value.Contains('\e', StringComparison.Ordinal);
        _terminal.WriteError((styled ? value : ConsoleColours.In(PSStyle.Instance.Formatting.Error, value)) + "\n");
    }

    /// <inheritdoc/>
    public override void WriteWarningLine(string message) =>
        _terminal.WriteError(ConsoleColours.In(PSStyle.Instance.Formatting.Warning, "WARNING: " + message) + "\n");

    /// <inheritdoc/>
    public override void WriteVerboseLine(string message) =>
        _terminal.WriteError(ConsoleColours.In(PSStyle.Instance.Formatting.Verbose, "VERBOSE: " + message) + "\n");

    /// <inheritdoc/>
    public override void WriteDebugLine(string message) =>
        _terminal.WriteError(ConsoleColours.In(PSStyle.Instance.Formatting.Debug, "DEBUG: " + message) + "\n");

    /// <inheritdoc/>
    public override void WriteProgress(long sourceId, ProgressRecord record) => Progress.Report(sourceId, record);

    /// <inheritdoc/>
    public override string ReadLine()
    {
        RefuseWhenNonInteractive();
        return _reader.ReadLine();
    }

    /// <inheritdoc/>
    public override SecureString ReadLineAsSecureString()
    {
        RefuseWhenNonInteractive();
        return _reader.ReadSecret();
    }

    /// <inheritdoc/>
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        RefuseWhenNonInteractive();
        return new ChoicePrompt(_terminal, _reader).Ask(caption, message, choices, defaultChoice);
    }

    /// <inheritdoc/>
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        RefuseWhenNonInteractive();
        return new FieldPrompt(_terminal, _reader).Ask(caption, message, descriptions);
    }

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        PromptForCredential(
            caption, message, userName, targetName, PSCredentialTypes.Default, PSCredentialUIOptions.Default);

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options)
    {
        RefuseWhenNonInteractive();
        return new CredentialPrompt(_terminal, _reader).Ask(caption, message, userName)!;
    }

    // Where no colour is chosen the engine passes -1, or black to write on.
    private static string Coloured(ConsoleColor foreground, ConsoleColor background, string text) => ConsoleColours.In(
        foreground is >= 0 and <= ConsoleColor.White ? foreground : null,
        background is > 0 and <= ConsoleColor.White ? background : null,
        text);

    private void RefuseWhenNonInteractive()
    {
        if (_terminal.NonInteractive)
        {
            // The engine turns this type, as it does in pwsh, into the error of the command that wanted to ask.
            throw new PSInvalidOperationException(
                "lettadr is in NonInteractive mode: reading and prompting are not available. "
                + "Give the value as a parameter, -Confirm:$false where a confirmation was asked for, "
                + "or leave out -NonInteractive.");
        }
    }
}
