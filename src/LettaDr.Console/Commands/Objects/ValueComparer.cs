using System.Globalization;
using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>The order of values as Sort-Object has it: the engine's where it has one, that of their texts elsewhere.</summary>
internal sealed class ValueComparer(bool caseSensitive) : IComparer<object?>
{
    /// <inheritdoc/>
    public int Compare(object? x, object? y)
    {
        object? one = x is PSObject first ? first.BaseObject : x;
        object? other = y is PSObject second ? second.BaseObject : y;
        if (LanguagePrimitives.TryCompare(one, other, !caseSensitive, CultureInfo.CurrentCulture, out int order))
        {
            return order;
        }

        CompareOptions options = caseSensitive ? CompareOptions.None : CompareOptions.IgnoreCase;
        return CultureInfo.CurrentCulture.CompareInfo.Compare(
            PSObject.AsPSObject(one!).ToString(), PSObject.AsPSObject(other!).ToString(), options);
    }
}
