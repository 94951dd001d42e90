namespace LettaDr.Help;

/// <summary>How a piece of prose may be laid out.</summary>
internal enum ProseKind
{
    /// <summary>Text that wraps.</summary>
    Paragraph,

    /// <summary>An item of a list, or a further paragraph of one; wraps behind its marker.</summary>
    Item,

    /// <summary>Code, output or a table: its lines stay as they are.</summary>
    Verbatim,
}
