using System.Management.Automation;
using System.Net;
using System.Security;

namespace LettaDr.Console.Commands;

/// <summary>ConvertFrom-SecureString: shows a hidden text. Only as plain text; encrypted texts are not made here.</summary>
[Cmdlet(VerbsData.ConvertFrom, "SecureString")]
public sealed class ConvertFromSecureStringCommand : PSCmdlet
{
    /// <summary>The hidden text.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public SecureString SecureString { get; set; } = null!;

    /// <summary>Says that plain text is wanted.</summary>
    [Parameter(Mandatory = true)]
    public SwitchParameter AsPlainText { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(new NetworkCredential(string.Empty, SecureString).Password);
}
