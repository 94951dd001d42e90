using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>ConvertTo-Csv: writes objects as lines of CSV.</summary>
[Cmdlet(VerbsData.ConvertTo, "Csv")]
public sealed class ConvertToCsvCommand : PSCmdlet
{
    private CsvRows? _rows;

    /// <summary>The objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>What separates values.</summary>
    [Parameter(Position = 1)]
    public char Delimiter { get; set; } = ',';

    /// <summary>Which values stand in quotes.</summary>
    [Parameter]
    [Alias("UQ")]
    public CsvQuoting UseQuotes { get; set; } = CsvQuoting.Always;

    /// <summary>Leaves out the header.</summary>
    [Parameter]
    public SwitchParameter NoHeader { get; set; }

    /// <summary>Writes no type line; none is ever written.</summary>
    [Parameter]
    [Alias("NTI")]
    public SwitchParameter NoTypeInformation { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (_rows is null)
        {
            _rows = new CsvRows(Delimiter, UseQuotes);
            string header = _rows.Header(InputObject);
            if (!NoHeader)
            {
                WriteObject(header);
            }
        }

        WriteObject(_rows.Row(InputObject));
    }
}
