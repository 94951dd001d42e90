using System.Management.Automation;
using System.Text;

namespace LettaDr.Console.Commands;

/// <summary>Export-Csv: writes objects to a CSV file.</summary>
[Cmdlet(VerbsData.Export, "Csv", SupportsShouldProcess = true)]
public sealed class ExportCsvCommand : PSCmdlet, IDisposable
{
    private StreamWriter? _file;

    private CsvRows? _rows;

    private bool _headerWanted = true;

    /// <summary>The objects.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>The file.</summary>
    [Parameter(Position = 0)]
    public string? Path { get; set; }

    /// <summary>The file, its name without wildcards.</summary>
    [Parameter]
    [Alias("PSPath", "LP")]
    public string? LiteralPath { get; set; }

    /// <summary>What separates values.</summary>
    [Parameter(Position = 1)]
    public char Delimiter { get; set; } = ',';

    /// <summary>Which values stand in quotes.</summary>
    [Parameter]
    [Alias("UQ")]
    public CsvQuoting UseQuotes { get; set; } = CsvQuoting.Always;

    /// <summary>Encoding; UTF-8 without a byte order mark by default.</summary>
    [Parameter]
    [EncodingName]
    public Encoding Encoding { get; set; } = EncodingNameAttribute.Default;

    /// <summary>Adds to the file, in its columns.</summary>
    [Parameter]
    public SwitchParameter Append { get; set; }

    /// <summary>Writes to a read-only file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Leaves a file that exists as it is.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Leaves out the header.</summary>
    [Parameter]
    public SwitchParameter NoHeader { get; set; }

    /// <summary>Writes no type line; none is ever written.</summary>
    [Parameter]
    [Alias("NTI")]
    public SwitchParameter NoTypeInformation { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if ((Path ?? LiteralPath) is not { Length: > 0 } given)
        {
            ThrowTerminatingError(new ErrorRecord(
                new PSArgumentException("Export-Csv needs -Path or -LiteralPath."),
                "CannotSpecifyPathAndLiteralPath",
                ErrorCategory.InvalidArgument,
                null));
            return;
        }

        string path = FilePaths.ForWriting(this, given, LiteralPath is not null);
        if (!ShouldProcess(path))
        {
            return;
        }

        _rows = new CsvRows(Delimiter, UseQuotes);
        if (Append && File.Exists(path) && new FileInfo(path).Length > 0)
        {
            using var before = new StreamReader(path, Encoding);
            _rows.UseColumns(new CsvReader(before, Delimiter).NextRow() ?? []);
            _headerWanted = false;
        }

        _file = FilePaths.OpenWriter(this, path, Encoding, Append, NoClobber, Force);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (_file is null)
        {
            return;
        }

        if (_headerWanted)
        {
            string header = _rows!.Header(InputObject);
            if (!NoHeader)
            {
                _file.WriteLine(header);
            }

            _headerWanted = false;
        }

        _file.WriteLine(_rows!.Row(InputObject));
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Dispose();

    /// <inheritdoc/>
    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }
}
