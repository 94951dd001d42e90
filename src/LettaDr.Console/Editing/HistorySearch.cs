namespace LettaDr.Console;

/// <summary>Ctrl+R: looks backwards through the history for what is typed, letter by letter.</summary>
internal sealed class HistorySearch(HistoryWalk walk, KeyReader keys, LinePainter painter)
{
    /// <summary>Searches until a key other than letters, Backspace and Ctrl+R is pressed.</summary>
    /// <param name="found">The line found; null when none was, or the search was given up.</param>
    /// <returns>The key that ended the search, still to be acted on; null when it was used up.</returns>
    public ConsoleKeyInfo? Run(out string? found)
    {
        string wanted = string.Empty;
        int at = walk.End;
        found = null;
        while (true)
        {
            string shown = $"(search '{wanted}') {found}";
            painter.Paint(shown, shown.Length);
            ConsoleKeyInfo? read = keys.Read();
            switch (read)
            {
                case { Key: ConsoleKey.R, Modifiers: ConsoleModifiers.Control }:
                    Look(wanted, at, ref at, ref found);
                    break;
                case { Key: ConsoleKey.Backspace } when wanted.Length > 0:
                    wanted = wanted[..^1];
                    Look(wanted, walk.End, ref at, ref found);
                    break;
                case { KeyChar: var c } when !char.IsControl(c):
                    wanted += c;
                    Look(wanted, Math.Min(at + 1, walk.End), ref at, ref found);
                    break;
                case { Key: ConsoleKey.G or ConsoleKey.C, Modifiers: ConsoleModifiers.Control } or { Key: ConsoleKey.Escape }:
                    found = null;
                    return null;
                default:
                    return read;
            }
        }
    }

    private void Look(string wanted, int before, ref int at, ref string? found)
    {
        int index = wanted.Length == 0 ? -1 : walk.Find(wanted, before);
        if (index >= 0)
        {
            at = index;
            found = walk.GoTo(index);
        }
    }
}
