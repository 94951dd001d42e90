using System.Text.Json;
using System.Text.Json.Serialization;

namespace LettaDr;

/// <summary>As <see cref="LettaDrJson"/>, with each record on one line.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DrChecklistEntry))]
[JsonSerializable(typeof(DrChecklistAnchor))]
[JsonSerializable(typeof(DrAlertDelivery))]
[JsonSerializable(typeof(DrNotification))]
internal sealed partial class LettaDrLineJson : JsonSerializerContext;
