using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Compare-Object: tells what is in one set of objects and not in the other, whatever their order.</summary>
[Cmdlet(VerbsData.Compare, "Object")]
public sealed class CompareObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _difference = [];

    private PropertyValues[] _properties = [];

    /// <summary>The objects to compare with.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [AllowEmptyCollection]
    public PSObject[] ReferenceObject { get; set; } = [];

    /// <summary>The objects compared.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [AllowEmptyCollection]
    public PSObject[] DifferenceObject { get; set; } = [];

    /// <summary>Properties to compare by; the objects themselves otherwise.</summary>
    [Parameter]
    public object[]? Property { get; set; }

    /// <summary>Tells upper from lower case.</summary>
    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    /// <summary>Leaves out what differs.</summary>
    [Parameter]
    public SwitchParameter ExcludeDifferent { get; set; }

    /// <summary>Adds what is in both.</summary>
    [Parameter]
    public SwitchParameter IncludeEqual { get; set; }

    /// <summary>Sends the objects themselves, marked with their side.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => _properties = [.. (Property ?? []).Select(PropertyValues.Of)];

    /// <inheritdoc/>
    protected override void ProcessRecord() => _difference.AddRange(DifferenceObject.Where(item => item is not null));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var onlyReference = new List<PSObject>();
        var both = new List<PSObject>();
        foreach (PSObject reference in ReferenceObject.Where(item => item is not null))
        {
            int match = _difference.FindIndex(candidate => Same(reference, candidate));
            (match < 0 ? onlyReference : both).Add(reference);
            if (match >= 0)
            {
                _difference.RemoveAt(match);
            }
        }

        if (IncludeEqual)
        {
            both.ForEach(item => Write(item, "=="));
        }

        if (!ExcludeDifferent)
        {
            _difference.ForEach(item => Write(item, "=>"));
            onlyReference.ForEach(item => Write(item, "<="));
        }
    }

    private bool Same(PSObject one, PSObject other) => _properties.Length == 0
        ? LanguagePrimitives.Equals(one, other, !CaseSensitive)
            || (one.BaseObject is PSCustomObject && one.ToString() == other.ToString())
        : _properties.All(property =>
            LanguagePrimitives.Equals(ValueOn(property, one), ValueOn(property, other), !CaseSensitive));

    private static object? ValueOn(PropertyValues property, PSObject item) =>
        property.On(item).Select(found => found.Value).FirstOrDefault();

    private void Write(PSObject item, string side)
    {
        PSObject result = PassThru ? item : new PSObject();
        if (!PassThru && _properties.Length == 0)
        {
            result.Properties.Add(new PSNoteProperty("InputObject", item));
        }
        else if (!PassThru)
        {
            foreach (PropertyValues property in _properties)
            {
                result.Properties.Add(new PSNoteProperty(property.Name, ValueOn(property, item)));
            }
        }

        result.Properties.Remove("SideIndicator");
        result.Properties.Add(new PSNoteProperty("SideIndicator", side));
        WriteObject(result);
    }
}
