using System.Collections.ObjectModel;
using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Objects with the same values: what Group-Object writes.</summary>
public sealed class ObjectGroup
{
    /// <summary>Begins a group.</summary>
    internal ObjectGroup(string name, IReadOnlyList<object?> values)
    {
        Name = name;
        Values = values;
    }

    /// <summary>How many objects.</summary>
    public int Count { get; private set; }

    /// <summary>The values as a text.</summary>
    public string Name { get; }

    /// <summary>The objects; empty with -NoElement.</summary>
    public Collection<PSObject> Group { get; } = [];

    /// <summary>The values that they share.</summary>
    public IReadOnlyList<object?> Values { get; }

    /// <summary>Whether an object with these values belongs to it.</summary>
    internal bool Matches(object?[] values, bool ignoreCase) =>
        values.Zip(Values).All(pair => LanguagePrimitives.Equals(pair.First, pair.Second, ignoreCase));

    /// <summary>Adds an object.</summary>
    internal void Add(PSObject item, bool keep)
    {
        Count++;
        if (keep)
        {
            Group.Add(item);
        }
    }
}
