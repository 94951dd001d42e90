using System.Management.Automation;
using System.Management.Automation.Host;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace LettaDr.Console.Commands;

/// <summary>Out-String: gives what would be shown as text.</summary>
[Cmdlet(VerbsData.Out, "String")]
public sealed class OutStringCommand : FrontEndCommandBase
{
    private readonly StringWriter _text = new();

    /// <summary>Sends each line by itself.</summary>
    [Parameter]
    public SwitchParameter Stream { get; set; }

    /// <summary>Columns to format for; those of the terminal otherwise.</summary>
    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int Width { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        EngineInternals.SetLineWriter(this, _text, Width > 0 ? Width : HostWidth());
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        base.ProcessRecord();
        SendLines();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        SendLines();
        if (!Stream)
        {
            WriteObject(_text.ToString());
        }
    }

    private int HostWidth()
    {
        try
        {
            return Host.UI.RawUI.BufferSize.Width;
        }
        catch (HostException)
        {
            // A runspace without a screen, as of a job.
            return 120;
        }
    }

    private void SendLines()
    {
        if (!Stream || _text.GetStringBuilder().Length == 0)
        {
            return;
        }

        string[] lines = _text.ToString().Split(Environment.NewLine);
        _text.GetStringBuilder().Clear();
        for (int i = 0; i < lines.Length - 1; i++)
        {
            WriteObject(lines[i]);
        }
    }
}
