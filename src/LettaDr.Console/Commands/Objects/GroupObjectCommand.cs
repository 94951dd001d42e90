using System.Collections;
using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Group-Object: gathers objects whose properties have the same values.</summary>
[Cmdlet("Group", "Object", DefaultParameterSetName = "Groups")]
public sealed class GroupObjectCommand : PSCmdlet
{
    private readonly List<ObjectGroup> _groups = [];

    private readonly Dictionary<string, List<ObjectGroup>> _groupsByName = new(StringComparer.OrdinalIgnoreCase);

    private PropertyValues[] _properties = [];

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>What to group by; the objects themselves otherwise.</summary>
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    /// <summary>Leaves the members out of the groups.</summary>
    [Parameter]
    public SwitchParameter NoElement { get; set; }

    /// <summary>Sends one table of members by value instead of groups.</summary>
    [Parameter(ParameterSetName = "HashTable")]
    [Alias("AHT")]
    public SwitchParameter AsHashTable { get; set; }

    /// <summary>Makes the table's keys texts.</summary>
    [Parameter(ParameterSetName = "HashTable")]
    public SwitchParameter AsString { get; set; }

    /// <summary>Tells upper from lower case.</summary>
    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => _properties = [.. (Property ?? []).Select(PropertyValues.Of)];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            return;
        }

        object?[] values = _properties.Length == 0
            ? [InputObject.BaseObject is PSCustomObject ? InputObject : InputObject.BaseObject]
            : [.. _properties.Select(property => property.On(InputObject).Select(found => found.Value).FirstOrDefault())];
        string name = string.Join(", ", values.Select(value => value is null ? string.Empty : PSObject.AsPSObject(value).ToString()));
        if (!_groupsByName.TryGetValue(name, out List<ObjectGroup>? sameName))
        {
            _groupsByName[name] = sameName = [];
        }

        ObjectGroup? group = sameName.Find(candidate => candidate.Matches(values, !CaseSensitive));
        if (group is null)
        {
            group = new ObjectGroup(name, values);
            sameName.Add(group);
            _groups.Add(group);
        }

        group.Add(InputObject, !NoElement);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (AsHashTable)
        {
            WriteObject(Table());
            return;
        }

        var order = new ValueComparer(CaseSensitive);
        string view = "Microsoft.PowerShell.Commands.GroupInfo" + (NoElement ? "NoElement" : string.Empty);
        foreach (ObjectGroup group in _groups
            .OrderBy(group => group.Values[0], order)
            .ThenBy(group => group.Name, StringComparer.CurrentCulture))
        {
            WriteObject(EngineViews.As(group, view));
        }
    }

    private Hashtable Table()
    {
        var table = new Hashtable(CaseSensitive ? null : StringComparer.CurrentCultureIgnoreCase);
        foreach (ObjectGroup group in _groups)
        {
            object key = AsString || group.Values.Count > 1 || group.Values[0] is null ? group.Name : group.Values[0]!;
            table[key] = group.Group;
        }

        return table;
    }
}
