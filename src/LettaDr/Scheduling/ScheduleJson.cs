using System.Text.Json;
using System.Text.Json.Serialization;

namespace LettaDr;

/// <summary>What schedules keep, as JSON in one line.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ScheduleMark))]
[JsonSerializable(typeof(DrJobRun))]
internal sealed partial class ScheduleJson : JsonSerializerContext;
