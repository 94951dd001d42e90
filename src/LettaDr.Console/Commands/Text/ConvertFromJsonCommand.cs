using System.Management.Automation;
using Newtonsoft.Json;

namespace LettaDr.Console.Commands;

/// <summary>ConvertFrom-Json: makes objects of JSON.</summary>
[Cmdlet(VerbsData.ConvertFrom, "Json")]
public sealed class ConvertFromJsonCommand : PSCmdlet
{
    private readonly List<string> _texts = [];

    /// <summary>The JSON; the lines of one text, or several texts.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string InputObject { get; set; } = string.Empty;

    /// <summary>Makes tables instead of objects; their keys tell upper from lower case.</summary>
    [Parameter]
    public SwitchParameter AsHashtable { get; set; }

    /// <summary>How deep the JSON may be.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Depth { get; set; } = 1024;

    /// <summary>Sends a list as one object.</summary>
    [Parameter]
    public SwitchParameter NoEnumerate { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _texts.Add(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        // Texts that are each whole are converted one by one; else they are the lines of one.
        bool single = _texts.Count < 2 || !IsWhole(_texts[0]);
        foreach (string text in single ? [string.Join('\n', _texts)] : _texts)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            try
            {
                WriteObject(Reader.Read(text), enumerateCollection: !NoEnumerate);
            }
            catch (JsonException e)
            {
                ThrowTerminatingError(new ErrorRecord(
                    new PSArgumentException($"Conversion from JSON failed with error: {e.Message}", e),
                    "ConversionFromJsonFailed",
                    ErrorCategory.InvalidData,
                    null));
            }
        }
    }

    private ObjectJsonReader Reader => new(AsHashtable, Depth);

    private bool IsWhole(string text)
    {
        try
        {
            Reader.Read(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
