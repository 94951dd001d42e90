using System.Management.Automation;
using System.Text;

namespace LettaDr.Console.Commands;

/// <summary>Import-Csv: makes objects of a CSV file.</summary>
[Cmdlet(VerbsData.Import, "Csv")]
public sealed class ImportCsvCommand : PSCmdlet
{
    /// <summary>The files.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    public string[]? Path { get; set; }

    /// <summary>The files, their names without wildcards.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[]? LiteralPath { get; set; }

    /// <summary>What separates values.</summary>
    [Parameter(Position = 1)]
    public char Delimiter { get; set; } = ',';

    /// <summary>Names of the columns, when the first line is none.</summary>
    [Parameter]
    public string[]? Header { get; set; }

    /// <summary>Encoding; UTF-8 unless the file says otherwise.</summary>
    [Parameter]
    [EncodingName]
    public Encoding Encoding { get; set; } = EncodingNameAttribute.Default;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string given in LiteralPath ?? Path ?? [])
        {
            try
            {
                foreach (string file in FilePaths.ForReading(this, given, LiteralPath is not null))
                {
                    using var text = new StreamReader(file, Encoding);
                    WriteObject(new CsvReader(text, Delimiter).Objects(Header), enumerateCollection: true);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ItemNotFoundException)
            {
                WriteError(new ErrorRecord(e, "FileOpenFailure", ErrorCategory.OpenError, given));
            }
        }
    }
}
