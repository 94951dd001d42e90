using System.Text;

namespace LettaDr.Help;

/// <summary>Breaks text into lines at its spaces.</summary>
internal static class TextWrap
{
    /// <summary>The text in lines of at most that width; a word that is longer stands alone.</summary>
    /// <param name="text">The text; line breaks in it stay.</param>
    /// <param name="width">Columns, the prefix included.</param>
    /// <param name="firstPrefix">What the first line begins with.</param>
    /// <param name="prefix">What each further line begins with.</param>
    public static string Wrap(string text, int width, string firstPrefix, string prefix)
    {
        var wrapped = new StringBuilder(firstPrefix);
        var column = firstPrefix.Length;
        var isStart = true;
        foreach (var line in text.Split('\n'))
        {
            foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (!isStart && column + 1 + word.Length > width)
                {
                    NewLine();
                }

                if (!isStart)
                {
                    wrapped.Append(' ');
                    column++;
                }

                wrapped.Append(word);
                column += word.Length;
                isStart = false;
            }

            NewLine();
        }

        return wrapped.ToString().TrimEnd();

        void NewLine()
        {
            wrapped.Append('\n').Append(prefix);
            column = prefix.Length;
            isStart = true;
        }
    }
}
