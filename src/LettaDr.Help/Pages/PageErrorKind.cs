namespace LettaDr.Help;

/// <summary>What an error in a page stands in the way of.</summary>
internal enum PageErrorKind
{
    /// <summary>The page is not laid out as a page must be; nothing can be done with it.</summary>
    Layout,

    /// <summary>A part that is generated from the cmdlet is wrong or missing; an update writes it anew.</summary>
    Generated,

    /// <summary>A text is still to be written; an update leaves it so, a build does not ship it.</summary>
    Unwritten,
}
