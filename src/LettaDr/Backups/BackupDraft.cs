using System.Text;

namespace LettaDr;

/// <summary>A set in the making, to which each of its parts adds.</summary>
internal sealed class BackupDraft(
    SetRequest request, IBackupSetWriter set, OperationRecorder recorder, ProgressMeter meter, BackupManifest manifest)
{
    private readonly List<string> _instructions = [];
    private readonly List<string> _warnings = [];

    public string Id => Manifest.Id;

    /// <summary>The deployment that is backed up.</summary>
    public LettaDeployment Deployment => request.Deployment;

    /// <summary>Takes the set's files.</summary>
    public IBackupSetWriter Set => set;

    /// <summary>Takes the operation's steps.</summary>
    public OperationRecorder Recorder => recorder;

    /// <summary>Counts bytes for the progress bar.</summary>
    public ProgressMeter Meter => meter;

    /// <summary>The manifest so far; each part puts its own record in.</summary>
    public BackupManifest Manifest { get; set; } = manifest;

    /// <summary>Adds a part's section to the page that tells how to restore by hand.</summary>
    public void AddInstructions(string text) => _instructions.Add(text.TrimEnd());

    /// <summary>Tells of something that the set does not hold or that the user should know; said once the set is there.</summary>
    public void Warn(string message) => _warnings.Add(message);

    public IReadOnlyList<string> Warnings => _warnings;

    public void WriteText(string name, byte[] content)
    {
        using var file = set.OpenWrite(name);
        file.Write(content);
    }

    /// <summary>Writes the instructions and publishes the set.</summary>
    public Backup Publish()
    {
        WriteText(BackupManifest.InstructionsFileName, Encoding.UTF8.GetBytes(RestoreInstructions.Join(Manifest, set.Files, _instructions)));
        return set.Publish(Manifest with
        {
            Files = [.. set.Files.OrderBy(file => file.Name, StringComparer.Ordinal)], CompletedAt = DateTimeOffset.UtcNow,
        });
    }
}
