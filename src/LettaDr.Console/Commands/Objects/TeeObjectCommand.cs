using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Tee-Object: keeps objects in a file or a variable, and sends them on.</summary>
[Cmdlet("Tee", "Object", DefaultParameterSetName = "File")]
public sealed class TeeObjectCommand : PSCmdlet, IDisposable
{
    private readonly List<PSObject> _kept = [];

    private SteppablePipeline? _file;

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>File to write them to, as they would be shown.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "File")]
    [Alias("Path")]
    public string FilePath { get; set; } = string.Empty;

    /// <summary>File, its name without wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "LiteralFile")]
    [Alias("PSPath", "LP")]
    public string LiteralPath { get; set; } = string.Empty;

    /// <summary>Adds to the file or the variable.</summary>
    [Parameter]
    public SwitchParameter Append { get; set; }

    /// <summary>Name of the variable.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Variable")]
    public string Variable { get; set; } = string.Empty;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (ParameterSetName == "Variable")
        {
            return;
        }

        string path = LiteralPath.Length > 0 ? LiteralPath : FilePath;
        _file = ScriptBlock.Create("param($path, $append) Out-File -LiteralPath $path -Append:$append")
            .GetSteppablePipeline(CommandOrigin.Internal, [path, Append.IsPresent]);
        _file.Begin(expectInput: true);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (_file is not null)
        {
            _file.Process(InputObject);
        }
        else if (InputObject is not null)
        {
            _kept.Add(InputObject);
        }

        WriteObject(InputObject);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_file is not null)
        {
            _file.End();
            return;
        }

        object? before = Append ? SessionState.PSVariable.GetValue(Variable) : null;
        object?[] all = [.. before is null ? [] : LanguagePrimitives.GetEnumerable(before)?.Cast<object?>() ?? [before], .. _kept];
        SessionState.PSVariable.Set(Variable, all.Length == 1 ? all[0] : all);
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();
}
