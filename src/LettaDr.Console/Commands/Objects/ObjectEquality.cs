using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>When two objects of a pipeline are the same to -Unique and Compare-Object.</summary>
internal static class ObjectEquality
{
    /// <summary>Equal values, or custom objects whose properties are all equal.</summary>
    public static bool Same(PSObject one, PSObject other)
    {
        if (one.BaseObject is not PSCustomObject || other.BaseObject is not PSCustomObject)
        {
            return SameValue(one.BaseObject, other.BaseObject);
        }

        PSPropertyInfo[] properties = [.. one.Properties];
        return properties.Length == other.Properties.Count()
            && properties.All(property => other.Properties[property.Name] is { } match && SameValue(property.Value, match.Value));
    }

    /// <summary>Equal to the engine, text in its case.</summary>
    public static bool SameValue(object? one, object? other) => LanguagePrimitives.Equals(one, other, ignoreCase: false);
}
