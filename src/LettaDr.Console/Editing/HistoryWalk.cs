namespace LettaDr.Console;

/// <summary>Going back and forth through the history from the line being typed, which waits at its end.</summary>
internal sealed class HistoryWalk(InputHistory? history)
{
    private readonly IReadOnlyList<string> _lines = history?.Lines ?? [];

    private int _at = history?.Lines.Count ?? 0;

    private string _typed = string.Empty;

    /// <summary>The line before, or after.</summary>
    /// <param name="current">What stands in the editor now.</param>
    /// <param name="back">Whether to go to older lines.</param>
    /// <returns>The line; null at either end.</returns>
    public string? Step(string current, bool back)
    {
        int to = _at + (back ? -1 : 1);
        if (to < 0 || to > _lines.Count)
        {
            return null;
        }

        if (_at == _lines.Count)
        {
            _typed = current;
        }

        _at = to;
        return to == _lines.Count ? _typed : _lines[to];
    }

    /// <summary>The newest line that holds a text, older than the given place.</summary>
    /// <param name="text">What to look for.</param>
    /// <param name="before">Index that the line must be older than.</param>
    /// <returns>Its index; -1 when there is none.</returns>
    public int Find(string text, int before)
    {
        for (int i = Math.Min(before, _lines.Count) - 1; i >= 0; i--)
        {
            if (_lines[i].Contains(text, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Goes to a line that was found.</summary>
    public string GoTo(int index)
    {
        _at = index;
        return _lines[index];
    }

    /// <summary>Where a search begins: behind the newest line.</summary>
    public int End => _lines.Count;
}
