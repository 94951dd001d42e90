using System.Text;

namespace LettaDr.Console;

/// <summary>Draws the edited text behind its prompt, and the cursor in it, over what it drew before.</summary>
internal sealed class LinePainter(Terminal terminal, string continuation)
{
    private int _firstColumn;

    private int _cursorRow;

    /// <summary>Begins behind a prompt that has been written.</summary>
    /// <param name="column">Column at which it ended.</param>
    public void Begin(int column)
    {
        _firstColumn = column;
        _cursorRow = 0;
    }

    /// <summary>Draws the text.</summary>
    public void Paint(string text, int cursor)
    {
        int width = terminal.Width;
        (int endRow, int endColumn) = Position(text, text.Length, width);
        (int row, int column) = Position(text, cursor, width);
        var drawn = new StringBuilder();
        MoveTo(drawn, _cursorRow, 0, _firstColumn);
        drawn.Append("\e[J").Append(text.Replace("\n", "\n" + continuation, StringComparison.Ordinal));
        if (endColumn == 0 && endRow > 0)
        {
            // The terminal holds the cursor at the end of a full row until something follows.
            drawn.Append("\n");
        }

        MoveTo(drawn, endRow, row, column);
        _cursorRow = row;
        terminal.PromptWriter.Write(drawn);
    }

    /// <summary>Leaves the text as it stands and goes to a fresh line.</summary>
    public void End(string text)
    {
        Paint(text, text.Length);
        terminal.PromptWriter.Write("\n");
    }

    private static void MoveTo(StringBuilder drawn, int fromRow, int toRow, int column)
    {
        if (fromRow != toRow)
        {
            drawn.Append(fromRow > toRow ? $"\e[{fromRow - toRow}A" : $"\e[{toRow - fromRow}B");
        }

        drawn.Append('\r');
        if (column > 0)
        {
            drawn.Append($"\e[{column}C");
        }
    }

    private (int Row, int Column) Position(string text, int index, int width) =>
        ScreenLayout.Position(text, index, _firstColumn, ScreenLayout.Columns(continuation), width);
}
