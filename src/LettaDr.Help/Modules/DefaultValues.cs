using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;

namespace LettaDr.Help;

/// <summary>What the parameters of a new cmdlet hold before anything is bound to them.</summary>
internal sealed class DefaultValues(Type cmdlet)
{
    private readonly object? instance = Create(cmdlet);

    /// <summary>
    /// The default of a parameter; null when it cannot be told, because the property holds nothing, or a zero that
    /// may as well stand for nothing.
    /// </summary>
    public string? Of(string parameter)
    {
        var property = cmdlet.GetProperty(parameter, BindingFlags.Public | BindingFlags.Instance);
        if (parameter is "WhatIf" or "Confirm" || property?.PropertyType == typeof(SwitchParameter))
        {
            return "False";
        }

        return instance is null || property?.GetMethod is null ? null : Text(Read(property));
    }

    private static string? Text(object? value) => value switch
    {
        null or "" => null,
        string text => text,
        Enum or bool => value.ToString(),
        IEnumerable many => string.Join(", ", many.Cast<object?>().Select(Text)) is { Length: > 0 } list ? list : null,
        TimeSpan span => span == TimeSpan.Zero ? null : span.ToString("c", CultureInfo.InvariantCulture),
        IConvertible number when value.GetType().IsPrimitive =>
            number.ToDouble(CultureInfo.InvariantCulture) == 0 ? null : number.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    private object? Read(PropertyInfo property)
    {
        try
        {
            return property.GetValue(instance);
        }
        catch (TargetInvocationException)
        {
            return null;
        }
    }

    private static object? Create(Type cmdlet)
    {
        try
        {
            return Activator.CreateInstance(cmdlet);
        }
        catch (TargetInvocationException)
        {
            return null;
        }
    }
}
