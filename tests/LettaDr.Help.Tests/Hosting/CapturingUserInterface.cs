using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;

namespace LettaDr.Help.Hosting;

/// <summary>Collects all lines, and answers no question.</summary>
internal sealed class CapturingUserInterface : PSHostUserInterface
{
    public StringBuilder Text { get; } = new();

    public override PSHostRawUserInterface RawUI { get; } = new FixedRawUserInterface();

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        throw new NotSupportedException();

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        throw new NotSupportedException();

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw new NotSupportedException();

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
        throw new NotSupportedException();

    public override string ReadLine() => throw new NotSupportedException();

    public override SecureString ReadLineAsSecureString() => throw new NotSupportedException();

    public override void Write(string value) => Text.Append(value);

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Text.Append(value);

    public override void WriteDebugLine(string message) => Text.AppendLine(message);

    public override void WriteErrorLine(string value) => Text.AppendLine(value);

    public override void WriteLine(string value) => Text.AppendLine(value);

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
    }

    public override void WriteVerboseLine(string message) => Text.AppendLine(message);

    public override void WriteWarningLine(string message) => Text.AppendLine(message);
}
