using System.Globalization;

namespace LettaDr.Console;

/// <summary>A text being edited and the cursor in it. Moves by what a reader sees as one character.</summary>
internal sealed class EditBuffer
{
    /// <summary>The text; lines are separated by a line feed.</summary>
    public string Text { get; private set; } = string.Empty;

    /// <summary>Index in the text before which the cursor stands.</summary>
    public int Cursor { get; private set; }

    /// <summary>What Ctrl+K, Ctrl+U or Ctrl+W removed last, for Ctrl+Y.</summary>
    public string Removed { get; private set; } = string.Empty;

    /// <summary>Replaces all of the text; the cursor goes to its end.</summary>
    public void Set(string text) => Set(text, text.Length);

    /// <summary>Replaces all of the text.</summary>
    public void Set(string text, int cursor)
    {
        Text = text;
        Cursor = cursor;
    }

    /// <summary>Inserts at the cursor.</summary>
    public void Insert(string text) => Set(Text.Insert(Cursor, text), Cursor + text.Length);

    /// <summary>Replaces a stretch of the text; the cursor goes behind what was put in.</summary>
    public void Replace(int start, int length, string text) =>
        Set(Text.Remove(start, length).Insert(start, text), start + text.Length);

    /// <summary>Moves the cursor.</summary>
    public void MoveTo(int index) => Cursor = Math.Clamp(index, 0, Text.Length);

    /// <summary>Removes what lies between the cursor and an index, keeping it for Ctrl+Y.</summary>
    public void Cut(int index)
    {
        (int start, int end) = index < Cursor ? (index, Cursor) : (Cursor, index);
        Removed = end > start ? Text[start..end] : Removed;
        Set(Text.Remove(start, end - start), start);
    }

    /// <summary>Removes what lies between the cursor and an index.</summary>
    public void Delete(int index)
    {
        string kept = Removed;
        Cut(index);
        Removed = kept;
    }

    /// <summary>Index of the character before the cursor.</summary>
    public int Previous()
    {
        int[] starts = StringInfo.ParseCombiningCharacters(Text);
        int at = Array.FindLastIndex(starts, start => start < Cursor);
        return at < 0 ? 0 : starts[at];
    }

    /// <summary>Index behind the character at the cursor.</summary>
    public int Next() => Cursor + (Cursor < Text.Length ? StringInfo.GetNextTextElementLength(Text, Cursor) : 0);

    /// <summary>Index of the start of the word before the cursor.</summary>
    public int PreviousWord()
    {
        int i = Cursor;
        while (i > 0 && !IsWord(Text[i - 1]))
        {
            i--;
        }

        while (i > 0 && IsWord(Text[i - 1]))
        {
            i--;
        }

        return i;
    }

    /// <summary>Index behind the word at or after the cursor.</summary>
    public int NextWord()
    {
        int i = Cursor;
        while (i < Text.Length && !IsWord(Text[i]))
        {
            i++;
        }

        while (i < Text.Length && IsWord(Text[i]))
        {
            i++;
        }

        return i;
    }

    /// <summary>Index of the start of the cursor's line.</summary>
    public int LineStart() => Cursor == 0 ? 0 : Text.LastIndexOf('\n', Cursor - 1) + 1;

    /// <summary>Index of the end of the cursor's line.</summary>
    public int LineEnd() => Text.IndexOf('\n', Cursor) is var end && end < 0 ? Text.Length : end;

    /// <summary>Moves the cursor up or down a line of the text, keeping its column.</summary>
    /// <returns>False when there is no such line.</returns>
    public bool MoveLine(bool down)
    {
        int start = LineStart();
        int column = Cursor - start;
        if (down ? LineEnd() == Text.Length : start == 0)
        {
            return false;
        }

        Cursor = down ? LineEnd() + 1 : start - 1;
        Cursor = LineStart() + Math.Min(column, LineEnd() - LineStart());
        return true;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
