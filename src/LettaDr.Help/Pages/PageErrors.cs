using System.Collections;

namespace LettaDr.Help;

/// <summary>The errors found in one page so far.</summary>
internal sealed class PageErrors(string file) : IReadOnlyCollection<PageError>
{
    private readonly List<PageError> errors = [];

    /// <inheritdoc/>
    public int Count => errors.Count;

    /// <summary>Whether one of the errors is of that kind.</summary>
    public bool Has(PageErrorKind kind) => errors.Exists(error => error.Kind == kind);

    /// <summary>Adds an error of layout.</summary>
    public void Layout(int line, string message) => Add(line, message, PageErrorKind.Layout);

    /// <summary>Adds an error that an update repairs.</summary>
    public void Generated(int line, string message) => Add(line, message, PageErrorKind.Generated);

    /// <summary>Adds a text that is still to be written.</summary>
    public void Unwritten(int line, string message) => Add(line, message, PageErrorKind.Unwritten);

    /// <inheritdoc/>
    public IEnumerator<PageError> GetEnumerator() => errors.OrderBy(error => error.Line).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // What is wrong with a parameter may show in each parameter set; once is enough.
    private void Add(int line, string message, PageErrorKind kind)
    {
        var error = new PageError(file, line, message, kind);
        if (!errors.Contains(error))
        {
            errors.Add(error);
        }
    }
}
