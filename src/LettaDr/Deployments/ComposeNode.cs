namespace LettaDr;

/// <summary>
/// Steps through a YAML document given as nested <see cref="Dictionary{TKey,TValue}"/> of texts, lists, texts and null. What has
/// another shape than expected reads as absent: a field that LettaDr does not know must not keep it from reading the rest.
/// </summary>
internal static class ComposeNode
{
    public static Dictionary<string, object?>? Map(object? node) => node as Dictionary<string, object?>;

    public static Dictionary<string, object?>? Map(Dictionary<string, object?>? parent, string key) => Map(Value(parent, key));

    public static List<object?>? List(object? node) => node as List<object?>;

    public static object? Value(Dictionary<string, object?>? parent, string key) => parent?.GetValueOrDefault(key);

    public static string? Text(Dictionary<string, object?>? parent, string key) => Value(parent, key) as string;
}
