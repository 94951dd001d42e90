namespace LettaDr.Help;

/// <summary>
/// What is wrong with a page, and where; written the way compilers do, so that editors and builds can jump there.
/// </summary>
/// <param name="File">Path of the page.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Message">One sentence.</param>
/// <param name="Kind">What it stands in the way of.</param>
internal sealed record PageError(string File, int Line, string Message, PageErrorKind Kind)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}({Line}): error HELP: {Message}";
}
