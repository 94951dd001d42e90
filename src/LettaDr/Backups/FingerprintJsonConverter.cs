using System.Text.Json;
using System.Text.Json.Serialization;

namespace LettaDr;

/// <summary>Writes fingerprints as <c>rows:sum</c>.</summary>
internal sealed class FingerprintJsonConverter : JsonConverter<Fingerprint>
{
    public override Fingerprint Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return Fingerprint.Parse(reader.GetString() ?? string.Empty);
        }
        catch (Exception malformed) when (malformed is FormatException or OverflowException)
        {
            throw new JsonException(malformed.Message, malformed);
        }
    }

    public override void Write(Utf8JsonWriter writer, Fingerprint value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
