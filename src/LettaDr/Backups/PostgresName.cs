namespace LettaDr;

/// <summary>Names and texts as PostgreSQL's SQL spells them.</summary>
internal static class PostgresName
{
    /// <summary>The longest name that the server keeps whole, in bytes.</summary>
    public const int MaxBytes = 63;

    public static string Quote(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    public static string Of(TableInventory table) => Quote(table.Schema) + "." + Quote(table.Name);

    /// <summary>A text literal, right whatever standard_conforming_strings says.</summary>
    public static string Literal(string text)
    {
        var doubled = text.Replace("'", "''", StringComparison.Ordinal);
        return doubled.Contains('\\', StringComparison.Ordinal)
            ? "E'" + doubled.Replace("\\", "\\\\", StringComparison.Ordinal) + "'"
            : "'" + doubled + "'";
    }

    /// <summary>The columns whose values are copied.</summary>
    public static string Columns(TableInventory table) =>
        string.Join(", ", table.Columns.Where(column => !column.Generated).Select(column => Quote(column.Name)));

    /// <summary>The list that a table's rows are read with: what has no portable binary form is read as text.</summary>
    public static string SelectList(TableInventory table) => string.Join(
        ", ",
        table.Columns.Select(column => column.PortableBinary ? Quote(column.Name) : Quote(column.Name) + "::pg_catalog.text"));
}
