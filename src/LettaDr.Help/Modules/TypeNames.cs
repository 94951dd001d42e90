using System.Management.Automation;

namespace LettaDr.Help;

/// <summary>Names of types as pages write them.</summary>
internal static class TypeNames
{
    /// <summary>The short name, e.g. <c>String[]</c>; a nullable type goes by what it may hold.</summary>
    public static string Short(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Short(underlying);
        }

        if (type.IsArray)
        {
            return Short(type.GetElementType()!) + "[]";
        }

        if (!type.IsGenericType)
        {
            return type.Name;
        }

        var name = type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)];
        return $"{name}[{string.Join(",", type.GetGenericArguments().Select(Short))}]";
    }

    /// <summary>The full name of what is sent one by one, e.g. <c>LettaDr.Backup</c> for an array of them.</summary>
    public static string Full(Type type)
    {
        var element = type.IsArray ? type.GetElementType()! : Nullable.GetUnderlyingType(type) ?? type;
        return element.IsGenericType ? $"{element.Namespace}.{Short(element)}" : element.FullName ?? element.Name;
    }

    /// <summary>The full name of a declared output.</summary>
    public static string Full(PSTypeName type) =>
        type.Type is { } known ? Full(known)
        : type.Name.EndsWith("[]", StringComparison.Ordinal) ? type.Name[..^2]
        : type.Name;

    /// <summary>The enumeration that a value is of, be it in an array or nullable; null when it is none.</summary>
    public static Type? EnumOf(Type type)
    {
        var element = type.IsArray ? type.GetElementType()! : type;
        element = Nullable.GetUnderlyingType(element) ?? element;
        return element.IsEnum ? element : null;
    }
}
