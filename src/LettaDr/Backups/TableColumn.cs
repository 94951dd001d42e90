namespace LettaDr;

/// <summary>A column of a table, as far as backing it up and comparing it needs.</summary>
public sealed record TableColumn
{
    /// <summary>Its name, unquoted.</summary>
    public required string Name { get; init; }

    /// <summary>Its type as <c>format_type</c> writes it with an empty search path.</summary>
    public required string Type { get; init; }

    /// <summary>Whether its value is computed from others (<c>GENERATED … STORED</c>): compared, never copied in.</summary>
    public bool Generated { get; init; }

    /// <summary>
    /// Whether its binary form holds no object identifiers of this database (those of user-defined element types do), so that
    /// the same value has the same bytes elsewhere. A column that does not is compared as text, and its table goes by archive.
    /// </summary>
    public bool PortableBinary { get; init; }
}
