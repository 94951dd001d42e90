using System.Buffers;
using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LettaDr;

/// <summary>
/// An object of ours as JSON that is always the same: names sorted by their code points, no white space, nothing that is null, times in
/// UTC. So its digest can be computed again by anybody. Secrets are not read at all.
/// </summary>
internal static class CanonicalJson
{
    private const int Deepest = 16;
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Properties = new();
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static byte[] Of(object item)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            Write(writer, item, 0);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Whether a type is one of those that LettaDr writes and a user can name.</summary>
    public static bool IsOurs(Type type) => type.Assembly == typeof(CanonicalJson).Assembly && type.IsPublic;

    /// <summary>The properties that are told of a type, sorted by name.</summary>
    public static IReadOnlyList<PropertyInfo> PropertiesOf(Type type) => Properties.GetOrAdd(type, static type =>
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0 && !IsSecret(property))
            .OrderBy(NameOf, StringComparer.Ordinal),
    ]);

    // A webhook's address is often all that is needed to post to it.
    private static bool IsSecret(PropertyInfo property) =>
        property.PropertyType == typeof(Secret) || (property.DeclaringType == typeof(DrNotification) && property.Name == nameof(DrNotification.UrlFrom));

    private static string NameOf(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    private static void Write(Utf8JsonWriter writer, object? value, int depth)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case bool yes: writer.WriteBooleanValue(yes); break;
            case int or long or uint or ulong or short or ushort or byte or sbyte or decimal:
                writer.WriteRawValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)); break;
            case double number when double.IsFinite(number): writer.WriteNumberValue(number); break;
            case DateTimeOffset time: writer.WriteStringValue(time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)); break;
            case DateOnly day: writer.WriteStringValue(day.ToString("O", CultureInfo.InvariantCulture)); break;
            case TimeSpan time: writer.WriteStringValue(time.ToString("c", CultureInfo.InvariantCulture)); break;
            // What a set consists of is sealed by its manifest; what a deployment is called and where it is says enough of it here.
            case BackupManifest manifest: WriteObject(writer, depth, ManifestOf(manifest)); break;
            case LettaDeployment deployment: WriteObject(writer, depth, DeploymentOf(deployment)); break;
            case IDictionary map: WriteObject(writer, depth, Entries(map)); break;
            case DatabaseEndpoint or CacheEndpoint or ServerEndpoint or ValueType: writer.WriteStringValue(Text(value)); break;
            case IEnumerable items: WriteArray(writer, items, depth); break;
            case var item when depth < Deepest && IsOurs(item.GetType()):
                WriteObject(writer, depth, PropertiesOf(item.GetType()).Select(property => (NameOf(property), property.GetValue(item)))); break;
            default: writer.WriteStringValue(Text(value)); break;
        }
    }

    private static string Text(object value) => value is IFormattable formattable
        ? formattable.ToString(null, CultureInfo.InvariantCulture)
        : value.ToString() ?? string.Empty;

    private static void WriteArray(Utf8JsonWriter writer, IEnumerable items, int depth)
    {
        writer.WriteStartArray();
        foreach (var item in items)
        {
            Write(writer, item, depth + 1);
        }

        writer.WriteEndArray();
    }

    private static void WriteObject(Utf8JsonWriter writer, int depth, IEnumerable<(string Name, object? Value)> members)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in members.Where(member => member.Value is not null))
        {
            writer.WritePropertyName(name);
            Write(writer, value, depth + 1);
        }

        writer.WriteEndObject();
    }

    private static IEnumerable<(string Name, object? Value)> Entries(IDictionary map) =>
        map.Keys.Cast<object>().Select(key => (Name: Text(key), Value: map[key])).OrderBy(entry => entry.Name, StringComparer.Ordinal);

    private static IEnumerable<(string Name, object? Value)> ManifestOf(BackupManifest manifest) =>
    [
        ("completedAt", manifest.CompletedAt), ("files", manifest.Files.Count), ("format", manifest.Format), ("seal", manifest.Seal),
        ("startedAt", manifest.StartedAt), ("writer", manifest.Writer),
    ];

    private static IEnumerable<(string Name, object? Value)> DeploymentOf(LettaDeployment deployment) =>
    [
        ("cache", deployment.Cache), ("containers", deployment.Containers), ("database", deployment.Database), ("name", deployment.Name), ("server", deployment.Server),
    ];
}
