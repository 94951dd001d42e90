using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Sort-Object: sends objects in order.</summary>
[Cmdlet("Sort", "Object")]
public sealed class SortObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _objects = [];

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>What to sort by: names, script blocks, or tables with Expression and Descending; else the objects.</summary>
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    /// <summary>Sorts downwards.</summary>
    [Parameter]
    public SwitchParameter Descending { get; set; }

    /// <summary>Sends objects of equal rank once.</summary>
    [Parameter]
    public SwitchParameter Unique { get; set; }

    /// <summary>Tells upper from lower case.</summary>
    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    /// <summary>How many from the top.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Top { get; set; }

    /// <summary>How many from the bottom.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Bottom { get; set; }

    /// <summary>Keeps the order of objects of equal rank; it is always kept.</summary>
    [Parameter]
    public SwitchParameter Stable { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is not null)
        {
            _objects.Add(InputObject);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        PropertyValues[] properties = [.. (Property ?? []).Select(PropertyValues.Of)];
        bool[] downwards = properties.Length == 0
            ? [Descending]
            : [.. properties.Select(property => property.Descending ?? Descending.IsPresent)];
        var order = new RankComparer(downwards, CaseSensitive);
        List<(PSObject Item, Rank[] Ranks)> ranked = [.. _objects
            .Select(item => (Item: item, Ranks: RanksOf(item, properties)))
            .OrderBy(entry => entry.Ranks, order)];
        if (Unique)
        {
            ranked = [.. ranked.Where((entry, i) => i == 0 || order.Compare(ranked[i - 1].Ranks, entry.Ranks) != 0)];
        }

        IEnumerable<(PSObject Item, Rank[] Ranks)> wanted =
            Top > 0 ? ranked.Take(Top) : Bottom > 0 ? ranked.TakeLast(Bottom) : ranked;
        foreach ((PSObject item, _) in wanted)
        {
            WriteObject(item);
        }
    }

    private static Rank[] RanksOf(PSObject item, PropertyValues[] properties) => properties.Length == 0
        ? [new Rank(true, item)]
        : [.. properties.Select(property => property.On(item).Select(found => new Rank(true, found.Value)).FirstOrDefault())];

    private readonly record struct Rank(bool Exists, object? Value);

    private sealed class RankComparer(bool[] downwards, bool caseSensitive) : IComparer<Rank[]>
    {
        private readonly ValueComparer _values = new(caseSensitive);

        public int Compare(Rank[]? x, Rank[]? y)
        {
            for (int i = 0; i < downwards.Length; i++)
            {
                // Objects without the property come last, whichever way is sorted.
                int order = x![i].Exists != y![i].Exists
                    ? x[i].Exists ? -1 : 1
                    : _values.Compare(x[i].Value, y[i].Value) * (downwards[i] ? -1 : 1);
                if (order != 0)
                {
                    return order;
                }
            }

            return 0;
        }
    }
}
