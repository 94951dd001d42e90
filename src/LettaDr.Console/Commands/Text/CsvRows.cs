using System.Collections;
using System.Management.Automation;
using System.Text;

namespace LettaDr.Console.Commands;

/// <summary>Makes lines of CSV from objects; the first object decides the columns.</summary>
internal sealed class CsvRows(char delimiter, CsvQuoting quoting)
{
    private string[]? _columns;

    /// <summary>Columns decided elsewhere, as by a file that is added to.</summary>
    public void UseColumns(IReadOnlyList<string> columns) => _columns = [.. columns];

    /// <summary>The header, once the columns are known.</summary>
    public string Header(PSObject first)
    {
        _columns = [.. Values(first).Select(value => value.Name)];
        return string.Join(delimiter, _columns.Select(Quoted));
    }

    /// <summary>The line of an object.</summary>
    public string Row(PSObject item)
    {
        Dictionary<string, object?> values = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, object? value) in Values(item))
        {
            values[name] = value;
        }

        return string.Join(delimiter, _columns!.Select(column => Cell(values.GetValueOrDefault(column))));
    }

    private static IEnumerable<(string Name, object? Value)> Values(PSObject item) => item.BaseObject is IDictionary table
        ? table.Cast<DictionaryEntry>().Select(entry => (entry.Key.ToString()!, entry.Value))
        : item.Properties.Where(property => property.IsGettable).Select(property => (property.Name, Safe(property)));

    private static object? Safe(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }

    private string Cell(object? value) => value is null
        ? string.Empty
        : Quoted(LanguagePrimitives.ConvertTo<string>(value) ?? string.Empty);

    private string Quoted(string text)
    {
        bool needed = text.AsSpan().IndexOfAny(['"', '\r', '\n']) >= 0 || text.Contains(delimiter, StringComparison.Ordinal);
        return quoting == CsvQuoting.Always || (quoting == CsvQuoting.AsNeeded && needed)
            ? new StringBuilder(text).Replace("\"", "\"\"").Insert(0, '"').Append('"').ToString()
            : text;
    }
}
