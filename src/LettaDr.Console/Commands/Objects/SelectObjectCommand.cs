using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Select-Object: takes some of the objects, or some of their properties.</summary>
[Cmdlet(VerbsCommon.Select, "Object", DefaultParameterSetName = Range)]
public sealed class SelectObjectCommand : PSCmdlet
{
    private const string Range = "DefaultParameter";

    private const string ByIndex = "IndexParameter";

    private readonly Queue<PSObject> _held = new();

    private readonly List<PSObject> _unique = [];

    private PropertySelection? _selection;

    private HashSet<int>? _indexes;

    private int _seen;

    private int _sent;

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Properties to keep: names, script blocks, or tables with Name and Expression.</summary>
    [Parameter(Position = 0, ParameterSetName = Range)]
    public object[]? Property { get; set; }

    /// <summary>Names of properties to leave out.</summary>
    [Parameter(ParameterSetName = Range)]
    public string[]? ExcludeProperty { get; set; }

    /// <summary>Property whose values to send instead of the objects.</summary>
    [Parameter(ParameterSetName = Range)]
    public string? ExpandProperty { get; set; }

    /// <summary>Sends equal objects once.</summary>
    [Parameter]
    public SwitchParameter Unique { get; set; }

    /// <summary>How many from the end.</summary>
    [Parameter(ParameterSetName = Range)]
    [ValidateRange(0, int.MaxValue)]
    public int Last { get; set; }

    /// <summary>How many from the beginning; then what comes before in the pipeline is stopped.</summary>
    [Parameter(ParameterSetName = Range)]
    [ValidateRange(0, int.MaxValue)]
    public int First { get; set; }

    /// <summary>How many to leave out at the beginning; with -Last, at the end.</summary>
    [Parameter(ParameterSetName = Range)]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    /// <summary>How many to leave out at the end.</summary>
    [Parameter(ParameterSetName = Range)]
    [ValidateRange(0, int.MaxValue)]
    public int SkipLast { get; set; }

    /// <summary>Which objects, counted from 0.</summary>
    [Parameter(ParameterSetName = ByIndex)]
    [ValidateRange(0, int.MaxValue)]
    public int[]? Index { get; set; }

    /// <summary>Lets what comes before in the pipeline run to its end.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Property is not null || ExcludeProperty is not null || ExpandProperty is not null)
        {
            _selection = new PropertySelection(Property, ExcludeProperty, ExpandProperty, WriteError);
        }

        _indexes = Index is null ? null : [.. Index];
        if (MyInvocation.BoundParameters.ContainsKey(nameof(First)) && First == 0 && Last == 0 && !Wait)
        {
            throw EngineInternals.StopUpstream(this);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            return;
        }

        int position = _seen++;
        if (_indexes is not null)
        {
            if (_indexes.Contains(position))
            {
                Send(InputObject);
            }

            StopWhen(position >= _indexes.Max());
            return;
        }

        bool fromEnd = Last > 0 || SkipLast > 0;
        bool fromStart = First > 0 || !fromEnd;
        if (Last > 0 ? position < First : position < Skip)
        {
            if (Last > 0)
            {
                Send(InputObject);
            }

            return;
        }

        if (fromEnd && (Last > 0 || First == 0))
        {
            _held.Enqueue(InputObject);
            if (_held.Count > (Last > 0 ? Last + Skip : SkipLast))
            {
                PSObject oldest = _held.Dequeue();
                if (Last == 0)
                {
                    Send(oldest);
                }
            }
        }
        else if (fromStart && (First == 0 || _sent < First))
        {
            Send(InputObject);
            StopWhen(First > 0 && _sent >= First);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        for (int left = Last > 0 ? _held.Count - Skip : 0; left > 0; left--)
        {
            Send(_held.Dequeue());
        }

        if (Unique)
        {
            WriteObject(_unique, enumerateCollection: true);
        }
    }

    private void StopWhen(bool enough)
    {
        if (enough && !Wait && !Unique)
        {
            throw EngineInternals.StopUpstream(this);
        }
    }

    private void Send(PSObject input)
    {
        _sent++;
        foreach (object? selected in _selection?.Apply(input) ?? [input])
        {
            if (!Unique)
            {
                WriteObject(selected);
            }
            else if (selected is not null)
            {
                PSObject candidate = PSObject.AsPSObject(selected);
                if (!_unique.Exists(known => ObjectEquality.Same(known, candidate)))
                {
                    _unique.Add(candidate);
                }
            }
        }
    }
}
