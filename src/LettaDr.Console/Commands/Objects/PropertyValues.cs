using System.Collections;
using System.Management.Automation;
using Microsoft.PowerShell.Commands;

namespace LettaDr.Console.Commands;

/// <summary>
/// What stands for a property in the parameters of Select-, Sort-, Group- and Measure-Object: a name, which may hold
/// wildcards, a script block over <c>$_</c>, or a table with Name (or Label) and Expression.
/// </summary>
internal sealed class PropertyValues
{
    private readonly PSPropertyExpression _expression;

    private readonly string? _name;

    private PropertyValues(PSPropertyExpression expression, string? name, bool? descending)
    {
        _expression = expression;
        _name = name;
        Descending = descending;
    }

    /// <summary>Whether to sort it downwards; null when not said.</summary>
    public bool? Descending { get; }

    /// <summary>The text that was given, or the name.</summary>
    public string Name => _name ?? _expression.ToString();

    /// <summary>Reads what was given for a property.</summary>
    /// <exception cref="PSArgumentException">A table lacks its expression, or has a key that is not known.</exception>
    public static PropertyValues Of(object given)
    {
        object value = given is PSObject wrapped ? wrapped.BaseObject : given;
        if (value is not IDictionary table)
        {
            return new PropertyValues(Expression(value), null, null);
        }

        PSPropertyExpression? expression = null;
        string? name = null;
        bool? descending = null;
        foreach (DictionaryEntry entry in table)
        {
            object? item = entry.Value is PSObject inner ? inner.BaseObject : entry.Value;
            switch (entry.Key.ToString()?.ToUpperInvariant())
            {
                case "E" or "EXPRESSION":
                    expression = Expression(item ?? string.Empty);
                    break;
                case "N" or "NAME" or "L" or "LABEL":
                    name = item?.ToString();
                    break;
                case "DESCENDING":
                    descending = LanguagePrimitives.IsTrue(item);
                    break;
                case "ASCENDING":
                    descending = !LanguagePrimitives.IsTrue(item);
                    break;
                default:
                    throw new PSArgumentException(
                        $"The key '{entry.Key}' means nothing in the description of a property; "
                        + "Name, Label, Expression, Ascending and Descending do.");
            }
        }

        expression ??= name is null ? null : new PSPropertyExpression(name);
        return expression is null
            ? throw new PSArgumentException("The description of a property needs an Expression.")
            : new PropertyValues(expression, name, descending);
    }

    /// <summary>Names and values on an object: none when it has no such property, several for wildcards.</summary>
    public IEnumerable<(string Name, object? Value)> On(PSObject target)
    {
        foreach (PSPropertyExpression resolved in _expression.ResolveNames(target))
        {
            foreach (PSPropertyExpressionResult result in resolved.GetValues(target))
            {
                yield return (_name ?? result.ResolvedExpression.ToString(), result.Exception is null ? result.Result : null);
            }
        }
    }

    private static PSPropertyExpression Expression(object value) => value switch
    {
        ScriptBlock script => new PSPropertyExpression(script),
        PSPropertyExpression expression => expression,
        _ => new PSPropertyExpression(value.ToString() ?? string.Empty),
    };
}
