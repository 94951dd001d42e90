namespace LettaDr.Help;

/// <summary>The order of the parameters in a page: by name, with <c>Confirm</c> and <c>WhatIf</c> last.</summary>
internal sealed class ParameterOrder : IComparer<string>
{
    /// <summary>The order.</summary>
    public static readonly ParameterOrder Instance = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        var byKind = IsLast(x).CompareTo(IsLast(y));
        return byKind != 0 ? byKind : StringComparer.OrdinalIgnoreCase.Compare(x, y);
    }

    private static bool IsLast(string? name) => name is "Confirm" or "WhatIf";
}
