using System.Management.Automation;
using System.Net;

namespace LettaDr.Console.Commands;

/// <summary>Read-Host: asks the user for a line.</summary>
[Cmdlet(VerbsCommunications.Read, "Host", DefaultParameterSetName = "AsString")]
public sealed class ReadHostCommand : PSCmdlet
{
    /// <summary>The question; a colon is put behind it.</summary>
    [Parameter(Position = 0, ValueFromRemainingArguments = true)]
    public object? Prompt { get; set; }

    /// <summary>Does not show what is typed, and gives it hidden.</summary>
    [Parameter(ParameterSetName = "AsSecureString")]
    public SwitchParameter AsSecureString { get; set; }

    /// <summary>Does not show what is typed, and gives it as text.</summary>
    [Parameter(ParameterSetName = "AsString")]
    public SwitchParameter MaskInput { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Prompt is not null)
        {
            string question = string.Join(' ', LanguagePrimitives.GetEnumerable(Prompt)?.Cast<object?>() ?? [Prompt]);
            Host.UI.Write(question + ": ");
        }

        if (AsSecureString)
        {
            WriteObject(Host.UI.ReadLineAsSecureString());
        }
        else
        {
            WriteObject(MaskInput
                ? new NetworkCredential(string.Empty, Host.UI.ReadLineAsSecureString()).Password
                : Host.UI.ReadLine());
        }
    }
}
