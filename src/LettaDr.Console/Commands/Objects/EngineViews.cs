using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Lets results be shown by the views that the engine has for its own modules' types.</summary>
internal static class EngineViews
{
    /// <summary>The object, known to the engine's views by another type's name.</summary>
    public static PSObject As(object value, string typeName)
    {
        var shown = new PSObject(value);
        shown.TypeNames.Insert(0, typeName);
        return shown;
    }
}
