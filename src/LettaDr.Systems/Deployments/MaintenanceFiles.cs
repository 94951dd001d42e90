using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace LettaDr.Systems;

/// <summary>Notes of deployments in maintenance as files, one a deployment.</summary>
internal sealed class MaintenanceFiles(string folder) : IMaintenanceNotes
{
    /// <summary>Those of this user.</summary>
    public static MaintenanceFiles Local => new(LocalState.Folder("maintenance"));

    /// <inheritdoc/>
    /// <exception cref="LettaDrException">The file is damaged or cannot be read.</exception>
    public MaintenanceNote? Find(LettaDeployment deployment)
    {
        var path = PathOf(deployment);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), LettaDrJson.Default.MaintenanceNote) : null;
        }
        catch (Exception damaged) when (damaged is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new LettaDrException(
                "MaintenanceNoteUnreadable", FaultKind.DataCorrupt, $"The note of the maintenance of {deployment.Name} in {path} cannot be read: {damaged.Message}",
                "Move the file away; the note in the database's comment then counts.", path, damaged);
        }
    }

    /// <inheritdoc/>
    public void Save(LettaDeployment deployment, MaintenanceNote note)
    {
        DurableFiles.CreateDirectory(folder);
        DurableFiles.WriteAtomically(PathOf(deployment), JsonSerializer.SerializeToUtf8Bytes(note, LettaDrJson.Default.MaintenanceNote));
    }

    /// <inheritdoc/>
    public void Remove(LettaDeployment deployment)
    {
        if (File.Exists(PathOf(deployment)))
        {
            File.Delete(PathOf(deployment));
            DurableFiles.SyncDirectory(folder);
        }
    }

    /// <summary>Where a deployment's note is, whether it is there or not.</summary>
    internal string PathOf(LettaDeployment deployment)
    {
        // A container's address changes when it starts anew, its name does not.
        var database = deployment.Database;
        var server = database.Container?.Name ?? $"{database.Host}:{database.Port}";
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{deployment.Name}\n{server}\n{database.Database}"));
        return Path.Combine(folder, $"{ComposeProjectName.Normalize(deployment.Name)}-{Hex.Lower(hash.AsSpan(0, 6).ToArray())}.json");
    }
}
