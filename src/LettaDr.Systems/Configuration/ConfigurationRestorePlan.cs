using System.Globalization;
using System.Text;

namespace LettaDr.Systems;

/// <summary>What a restore of configuration would do, with everything read and decrypted. It holds secrets.</summary>
internal sealed class ConfigurationRestorePlan
{
    public required ConfigurationRestoreRequest Request { get; init; }

    /// <summary>Each file, what it holds (null when skipped), and its permissions.</summary>
    public required IReadOnlyList<(RestoredFile File, byte[]? Content, UnixFileMode? Mode)> Files { get; init; }

    /// <summary>Each memory repository.</summary>
    public required IReadOnlyList<(RestoredFile File, MemoryRepository Repository)> Memory { get; init; }

    /// <summary>Images to be loaded.</summary>
    public required IReadOnlyList<string> Images { get; init; }

    /// <summary>Whether the key in the set is the right one.</summary>
    public required CheckResult EncryptionKey { get; init; }

    /// <summary>What the user should know, in sentences.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    private IEnumerable<RestoredFile> All => Files.Select(item => item.File).Concat(Memory.Select(item => item.File));

    /// <summary>Files and repositories that are there and differ.</summary>
    public IReadOnlyList<RestoredFile> Differing => [.. All.Where(file => file.Action == RestoredFileAction.Replace)];

    /// <summary>The plan in words, file by file.</summary>
    public string Describe()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Restore the configuration of {Request.Backup.Deployment} from set {Request.Backup.Id} to {Request.Destination}:");
        foreach (var file in All)
        {
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"  {Word(file.Action),-10} {file.Target} ({file.Purpose})");
        }

        foreach (var image in Images)
        {
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"  load       image {image}");
        }

        return text.ToString();
    }

    /// <summary>Refuses what would overwrite without leave.</summary>
    /// <exception cref="LettaDrException">Something differs, and -Force was not given.</exception>
    public void RequireLeave()
    {
        if (!Request.Force && Differing.Count > 0)
        {
            throw new LettaDrException(
                "ConfigurationDiffers", FaultKind.AlreadyExists,
                $"{Request.Destination} holds other files than set {Request.Backup.Id}: {string.Join(", ", Differing.Select(file => file.Path))}.",
                "Say -Force to set them aside as <name>.before-<operation>, or restore to another folder.", Request.Destination);
        }
    }

    private string Word(RestoredFileAction action) => action switch
    {
        RestoredFileAction.Create => "create",
        RestoredFileAction.Unchanged => "leave",
        RestoredFileAction.Skip => "skip",
        _ => Request.Force ? "replace" : "differs",
    };
}
