namespace LettaDr;

/// <summary>
/// Of several judgements of the same thing the one that counts: the newest. What was not run, or has not ended, says nothing, so that a
/// failure before it stands.
/// </summary>
internal sealed class StandingJudgement<T>
    where T : class
{
    private (T Item, bool Said, DateTimeOffset? At)? _newest;
    private (T Item, bool Failed, DateTimeOffset? At)? _said;

    /// <summary>The one that counts, in whatever order they came.</summary>
    public T Item => _said is { Failed: true } failure && !_newest!.Value.Said ? failure.Item : _newest!.Value.Item;

    public void Add(T item, Outcome? outcome, DateTimeOffset? at)
    {
        var said = outcome is Outcome.Passed or Outcome.Failed;
        if (_newest is not { } newest || Nullable.Compare(newest.At, at) < 0)
        {
            _newest = (item, said, at);
        }

        if (said && (_said is not { } before || Nullable.Compare(before.At, at) < 0))
        {
            _said = (item, outcome == Outcome.Failed, at);
        }
    }

    /// <summary>The one that counts of some that are at hand.</summary>
    public static T Of(IEnumerable<T> items, Func<T, Outcome?> outcome, Func<T, DateTimeOffset?> at)
    {
        var standing = new StandingJudgement<T>();
        foreach (var item in items)
        {
            standing.Add(item, outcome(item), at(item));
        }

        return standing.Item;
    }
}
