using System.Globalization;
using System.Text;
using Spectre.Console.Rendering;

namespace LettaDr.Console;

/// <summary>Where on a terminal of some width each character of an edited text comes to stand.</summary>
internal static class ScreenLayout
{
    /// <summary>Columns that a text takes; wide characters take two.</summary>
    public static int Columns(string text) => new Segment(text).CellCount();

    /// <summary>As much of the beginning of a text as fits, with an ellipsis where it was cut.</summary>
    public static string Fit(string text, int columns)
    {
        if (Columns(text) <= columns)
        {
            return text;
        }

        var fitted = new StringBuilder();
        int left = columns - 1;
        TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext() && (left -= Columns(elements.GetTextElement())) >= 0)
        {
            fitted.Append(elements.GetTextElement());
        }

        return fitted.Append('…').ToString();
    }

    /// <summary>Row and column, from the row on which the prompt ends, of the place before an index of the text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="index">The index; the text's length for its end.</param>
    /// <param name="firstColumn">Column behind the prompt.</param>
    /// <param name="laterColumn">Column behind the prompt of further lines.</param>
    /// <param name="width">Columns of the terminal.</param>
    public static (int Row, int Column) Position(string text, int index, int firstColumn, int laterColumn, int width)
    {
        int row = 0;
        int column = firstColumn;
        TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext() && elements.ElementIndex < index)
        {
            string element = elements.GetTextElement();
            if (element is "\n" or "\r\n")
            {
                row++;
                column = laterColumn;
                continue;
            }

            int cells = Columns(element);
            if (column + cells > width)
            {
                row++;
                column = 0;
            }

            column += cells;
        }

        // A full row: the next character, and so the cursor, belongs on the next one.
        return column >= width ? (row + 1, 0) : (row, column);
    }
}
