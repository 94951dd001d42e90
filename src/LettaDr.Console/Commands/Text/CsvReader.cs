using System.Management.Automation;
using System.Text;

namespace LettaDr.Console.Commands;

/// <summary>Reads CSV: quoted values may hold delimiters, quotes (doubled) and line ends.</summary>
internal sealed class CsvReader(TextReader text, char delimiter)
{
    /// <summary>Objects with a text for each column; the first line names them unless names are given.</summary>
    public IEnumerable<PSObject> Objects(string[]? header)
    {
        string[]? columns = header ?? NamesFrom(NextRow());
        while (columns is not null && NextRow() is { } row)
        {
            var item = new PSObject();
            for (int i = 0; i < columns.Length; i++)
            {
                item.Properties.Add(new PSNoteProperty(columns[i], i < row.Count ? row[i] : null));
            }

            yield return item;
        }
    }

    /// <summary>The next line's values; null at the end. Empty lines and #TYPE lines are passed over.</summary>
    public List<string>? NextRow()
    {
        while (text.Peek() >= 0)
        {
            List<string> row = ReadRow();
            if (row.Count > 1 || (row[0].Length > 0 && !row[0].StartsWith("#TYPE", StringComparison.Ordinal)))
            {
                return row;
            }
        }

        return null;
    }

    private static string[]? NamesFrom(List<string>? row) =>
        row?.Select((name, i) => name.Length > 0 ? name : $"H{i + 1}").ToArray();

    private List<string> ReadRow()
    {
        var row = new List<string>();
        var value = new StringBuilder();
        bool quoted = false;
        while (true)
        {
            int next = text.Read();
            if (next < 0 || (!quoted && next is '\n' or '\r'))
            {
                if (next == '\r' && text.Peek() == '\n')
                {
                    text.Read();
                }

                row.Add(value.ToString());
                return row;
            }

            char c = (char)next;
            if (quoted)
            {
                if (c != '"')
                {
                    value.Append(c);
                }
                else if (text.Peek() == '"')
                {
                    value.Append((char)text.Read());
                }
                else
                {
                    quoted = false;
                }
            }
            else if (c == '"' && value.Length == 0)
            {
                quoted = true;
            }
            else if (c == delimiter)
            {
                row.Add(value.ToString());
                value.Clear();
            }
            else
            {
                value.Append(c);
            }
        }
    }
}
