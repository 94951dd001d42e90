using System.Text.Json;
using System.Text.Json.Serialization;

namespace LettaDr;

/// <summary>How LettaDr's records are written as JSON: generated, so that a cold start pays for no reflection.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    WriteIndented = true,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BackupManifest))]
[JsonSerializable(typeof(ManifestHeader))]
[JsonSerializable(typeof(DatabaseInventory))]
[JsonSerializable(typeof(OperationJournal))]
[JsonSerializable(typeof(BackupProof))]
[JsonSerializable(typeof(DatabaseMark))]
[JsonSerializable(typeof(ClusterMark))]
[JsonSerializable(typeof(MaintenanceNote))]
[JsonSerializable(typeof(WalArchiveSettings))]
[JsonSerializable(typeof(DrTestResult))]
internal sealed partial class LettaDrJson : JsonSerializerContext;
