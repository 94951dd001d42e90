using System.Globalization;
using System.Text;

namespace LettaDr;

/// <summary>Puts the parts of tables that several connections read together again.</summary>
internal sealed class RowCollector
{
    private readonly object _gate = new();
    private readonly Dictionary<TableInventory, Fingerprint> _fingerprints = [];
    private readonly Dictionary<TableInventory, List<string>> _files = [];
    private int _count;

    /// <summary>Names the next file of a table's rows: numbered, so that no two names can meet, whatever the tables are called.</summary>
    public string NextFile(TableInventory table)
    {
        if (!_files.TryGetValue(table, out var files))
        {
            _files[table] = files = [];
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"rows/{++_count:0000}-{Readable(table.Name)}.copy.zst");
        files.Add(name);
        return name;
    }

    public void Add(TableInventory table, Fingerprint part)
    {
        lock (_gate)
        {
            _fingerprints[table] = _fingerprints.GetValueOrDefault(table) + part;
        }
    }

    public TableInventory Complete(TableInventory table) => table with
    {
        Fingerprint = _fingerprints[table],
        Files = _files.GetValueOrDefault(table) ?? [],
    };

    private static string Readable(string name)
    {
        var text = new StringBuilder();
        foreach (var character in name.Take(40))
        {
            text.Append(char.IsAsciiLetterOrDigit(character) || character is '_' ? character : '-');
        }

        return text.ToString();
    }
}
