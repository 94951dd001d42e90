using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Measure-Object: counts objects, adds up their properties, counts lines, words and characters.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Object", DefaultParameterSetName = Generic)]
public sealed class MeasureObjectCommand : PSCmdlet
{
    private const string Generic = "GenericMeasure";

    private const string Texts = "TextMeasure";

    private const string ObjectItself = "";

    private readonly Dictionary<string, Measurement> _measurements = new(StringComparer.OrdinalIgnoreCase);

    private PropertyValues[] _properties = [];

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Properties to measure; the objects themselves otherwise.</summary>
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    /// <summary>Adds the values up.</summary>
    [Parameter(ParameterSetName = Generic)]
    public SwitchParameter Sum { get; set; }

    /// <summary>Takes their mean.</summary>
    [Parameter(ParameterSetName = Generic)]
    public SwitchParameter Average { get; set; }

    /// <summary>Finds the largest.</summary>
    [Parameter(ParameterSetName = Generic)]
    public SwitchParameter Maximum { get; set; }

    /// <summary>Finds the smallest.</summary>
    [Parameter(ParameterSetName = Generic)]
    public SwitchParameter Minimum { get; set; }

    /// <summary>Takes the standard deviation of a sample.</summary>
    [Parameter(ParameterSetName = Generic)]
    public SwitchParameter StandardDeviation { get; set; }

    /// <summary>All of these.</summary>
    [Parameter(ParameterSetName = Generic)]
    public SwitchParameter AllStats { get; set; }

    /// <summary>Counts lines.</summary>
    [Parameter(ParameterSetName = Texts)]
    public SwitchParameter Line { get; set; }

    /// <summary>Counts words.</summary>
    [Parameter(ParameterSetName = Texts)]
    public SwitchParameter Word { get; set; }

    /// <summary>Counts characters.</summary>
    [Parameter(ParameterSetName = Texts)]
    public SwitchParameter Character { get; set; }

    /// <summary>Leaves blanks out of the characters.</summary>
    [Parameter(ParameterSetName = Texts)]
    public SwitchParameter IgnoreWhiteSpace { get; set; }

    private bool NeedsNumbers => Sum || Average || StandardDeviation || AllStats;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _properties = [.. (Property ?? []).Select(PropertyValues.Of)];
        if (_properties.Length == 0)
        {
            _measurements[ObjectItself] = new Measurement();
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            return;
        }

        if (_properties.Length == 0)
        {
            Take(ObjectItself, InputObject);
        }

        foreach (PropertyValues property in _properties)
        {
            foreach ((string name, object? value) in property.On(InputObject))
            {
                if (value is not null)
                {
                    Take(name, value);
                }
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (PropertyValues property in _properties)
        {
            if (!WildcardPattern.ContainsWildcardCharacters(property.Name) && !_measurements.ContainsKey(property.Name))
            {
                WriteError(new ErrorRecord(
                    new PSArgumentException($"The property \"{property.Name}\" cannot be found in the input for any objects."),
                    "GenericMeasurePropertyNotFound",
                    ErrorCategory.InvalidArgument,
                    null));
            }
        }

        foreach ((string name, Measurement measured) in _measurements)
        {
            string? property = name.Length == 0 ? null : name;
            WriteObject(Line || Word || Character
                ? EngineViews.As(
                    new TextMeasurement(
                        Line ? measured.Lines : null, Word ? measured.Words : null, Character ? measured.Characters : null, property),
                    "Microsoft.PowerShell.Commands.TextMeasureInfo")
                : EngineViews.As(
                    new ObjectMeasurement(
                        measured.Count,
                        Average || AllStats ? measured.Average : null,
                        Sum || AllStats ? measured.Sum : null,
                        Maximum || AllStats ? measured.Maximum : null,
                        Minimum || AllStats ? measured.Minimum : null,
                        StandardDeviation || AllStats ? measured.StandardDeviation : null,
                        property),
                    "Microsoft.PowerShell.Commands.GenericMeasureInfo"));
        }
    }

    private void Take(string name, object value)
    {
        if (!_measurements.TryGetValue(name, out Measurement? measured))
        {
            _measurements[name] = measured = new Measurement();
        }

        if (Line || Word || Character)
        {
            measured.TakeText(PSObject.AsPSObject(value).ToString(), IgnoreWhiteSpace);
            return;
        }

        double number = 0;
        if (NeedsNumbers && !LanguagePrimitives.TryConvertTo(value, out number))
        {
            WriteError(new ErrorRecord(
                new PSInvalidCastException($"Input object \"{value}\" is not numeric."),
                "NonNumericInputObject",
                ErrorCategory.InvalidType,
                value));
            return;
        }

        measured.Take(value is PSObject wrapped ? wrapped.BaseObject : value, number);
    }
}
