using System.Management.Automation;

namespace LettaDr.Console;

/// <summary>The activities under way, those within another behind it.</summary>
internal sealed class ProgressTree
{
    private readonly List<ProgressNode> _nodes = [];

    /// <summary>Whether nothing is under way.</summary>
    public bool IsEmpty => _nodes.Count == 0;

    /// <summary>Takes a report: begins, updates or ends an activity.</summary>
    /// <returns>The activity; null when the report ended one that was not known.</returns>
    public ProgressNode? Report(long sourceId, ProgressRecord record)
    {
        ProgressNode? node = _nodes.Find(n => n.SourceId == sourceId && n.Record.ActivityId == record.ActivityId);
        if (record.RecordType == ProgressRecordType.Completed)
        {
            if (node is not null)
            {
                Remove(node);
            }

            return node;
        }

        if (node is null)
        {
            node = new ProgressNode(sourceId, record);
            _nodes.Add(node);
        }
        else
        {
            node.Record = record;
        }

        return node;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => _nodes.Clear();

    /// <summary>The activities in the order to show, each with how many others it is within.</summary>
    public IEnumerable<(ProgressNode Node, int Depth)> Ordered() => Below(null, 0);

    private IEnumerable<(ProgressNode Node, int Depth)> Below(ProgressNode? parent, int depth)
    {
        // An activity may name itself or a descendant as its parent; depth ends what would never end.
        foreach (ProgressNode node in _nodes.Where(n => ParentOf(n) == parent && depth < 8))
        {
            yield return (node, depth);
            foreach ((ProgressNode Node, int Depth) inner in Below(node, depth + 1))
            {
                yield return inner;
            }
        }
    }

    private ProgressNode? ParentOf(ProgressNode node) => node.Record.ParentActivityId < 0
        ? null
        : _nodes.Find(n => n != node && n.SourceId == node.SourceId && n.Record.ActivityId == node.Record.ParentActivityId);

    private void Remove(ProgressNode node)
    {
        _nodes.Remove(node);
        foreach (ProgressNode inner in _nodes.Where(n =>
            n.SourceId == node.SourceId && n.Record.ParentActivityId == node.Record.ActivityId).ToArray())
        {
            Remove(inner);
        }
    }
}
