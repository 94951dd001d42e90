using System.Security.Cryptography;
using System.Text.Json;

namespace LettaDr;

/// <summary>Writes and reads manifests and inventories; refuses what is damaged or too new, saying which.</summary>
internal static class ManifestSerializer
{
    public static byte[] Write(BackupManifest manifest)
    {
        var unsealed = manifest with { Seal = string.Empty };
        return Serialize(unsealed with { Seal = SealOf(unsealed) });
    }

    public static BackupManifest Read(ReadOnlySpan<byte> json, string where)
    {
        BackupManifest? manifest;
        try
        {
            // The format is looked at first: a newer one may lack or add anything else.
            var header = JsonSerializer.Deserialize(json, LettaDrJson.Default.ManifestHeader);
            if (header?.Format > BackupManifest.CurrentFormat)
            {
                throw new LettaDrException(
                    "BackupFormatTooNew",
                    FaultKind.Incompatible,
                    $"The backup set at {where} has format {header.Format}, and this LettaDr reads up to {BackupManifest.CurrentFormat}.",
                    "Restore it with the LettaDr that wrote it or a newer one.");
            }

            manifest = JsonSerializer.Deserialize(json, LettaDrJson.Default.BackupManifest);
        }
        catch (JsonException malformed)
        {
            throw Corrupt(where, "it is not a manifest", malformed);
        }

        // Serialised again, so that damage which JSON would overlook (a doubled property, other white space) shows as well.
        if (manifest is null || !json.SequenceEqual(Write(manifest)))
        {
            throw Corrupt(where, "its bytes do not match its seal", null);
        }

        return manifest;
    }

    public static byte[] WriteInventory(DatabaseInventory inventory) =>
        JsonSerializer.SerializeToUtf8Bytes(inventory, LettaDrJson.Default.DatabaseInventory);

    public static DatabaseInventory ReadInventory(ReadOnlySpan<byte> json, string where)
    {
        try
        {
            return JsonSerializer.Deserialize(json, LettaDrJson.Default.DatabaseInventory)
                ?? throw Corrupt(where, "the inventory is empty", null);
        }
        catch (JsonException malformed)
        {
            throw Corrupt(where, "the inventory is not readable", malformed);
        }
    }

    private static byte[] Serialize(BackupManifest manifest) =>
        JsonSerializer.SerializeToUtf8Bytes(manifest, LettaDrJson.Default.BackupManifest);

    private static string SealOf(BackupManifest unsealed) => Hex.Lower(SHA256.HashData(Serialize(unsealed)));

    private static LettaDrException Corrupt(string where, string how, Exception? cause) => new(
        "BackupManifestCorrupt",
        FaultKind.DataCorrupt,
        $"The manifest of the backup set at {where} is damaged: {how}.",
        "Use another set (Get-LettaBackup lists them), or bring this one back from a copy.",
        where,
        cause);
}
