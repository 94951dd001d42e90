using System.Collections.Concurrent;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;

namespace LettaDr.Module.Tests;

/// <summary>Collects what is shown, and answers questions as a test says.</summary>
internal sealed partial class CapturingUserInterface : PSHostUserInterface
{
    private readonly StringBuilder _text = new();

    public string Text
    {
        get
        {
            lock (_text)
            {
                return _text.ToString().ReplaceLineEndings("\n");
            }
        }
    }

    public ConcurrentQueue<Prompt> Prompts { get; } = [];

    public ConcurrentQueue<ProgressRecord> Progress { get; } = [];

    /// <summary>Told of every progress record, on the pipeline's thread.</summary>
    public event Action<ProgressRecord>? ProgressShown;

    /// <summary>The answer to a question; without one the host cannot be asked.</summary>
    public Func<Prompt, int>? Answer { get; set; }

    public override PSHostRawUserInterface RawUI { get; } = new FixedRawUserInterface();

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        var prompt = new Prompt(caption, message, [.. choices.Select(choice => choice.Label)]);
        Prompts.Enqueue(prompt);
        return Answer?.Invoke(prompt) ?? throw new PSInvalidOperationException("This host cannot ask.");
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        throw new PSInvalidOperationException("This host cannot ask.");

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw new PSInvalidOperationException("This host cannot ask.");

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
        throw new PSInvalidOperationException("This host cannot ask.");

    public override string ReadLine() => throw new PSInvalidOperationException("This host cannot ask.");

    public override SecureString ReadLineAsSecureString() => throw new PSInvalidOperationException("This host cannot ask.");

    public override void Write(string value)
    {
        lock (_text)
        {
            _text.Append(Colours().Replace(value, string.Empty));
        }
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    public override void WriteLine(string value) => Write(value + "\n");

    public override void WriteDebugLine(string message) => WriteLine("DEBUG: " + message);

    public override void WriteErrorLine(string value) => WriteLine(value);

    public override void WriteVerboseLine(string message) => WriteLine("VERBOSE: " + message);

    public override void WriteWarningLine(string message) => WriteLine("WARNING: " + message);

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        Progress.Enqueue(record);
        ProgressShown?.Invoke(record);
    }

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex Colours();
}
