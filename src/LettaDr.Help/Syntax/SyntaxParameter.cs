namespace LettaDr.Help;

/// <summary>A parameter as a syntax line shows it.</summary>
/// <param name="Name">Name without its dash.</param>
/// <param name="ValueType">Type of its value, e.g. <c>String[]</c>; null for a switch.</param>
/// <param name="IsRequired">Whether the cmdlet cannot be called without it.</param>
/// <param name="IsPositional">Whether its name may be left out.</param>
internal sealed record SyntaxParameter(string Name, string? ValueType, bool IsRequired, bool IsPositional)
{
    /// <summary>The parameter with its brackets, e.g. <c>[[-Name] &lt;String&gt;]</c>.</summary>
    public override string ToString()
    {
        var name = IsPositional ? $"[-{Name}]" : $"-{Name}";
        var whole = ValueType is null ? name : $"{name} <{ValueType}>";
        return IsRequired ? whole : $"[{whole}]";
    }
}
