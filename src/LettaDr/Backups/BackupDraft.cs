using System.Text;

namespace LettaDr;

/// <summary>A set in the making, to which its parts add, several at once.</summary>
internal sealed class BackupDraft
{
    private readonly SetRequest _request;
    private readonly Additions _additions;

    public BackupDraft(SetRequest request, IBackupSetWriter set, OperationRecorder recorder, ProgressMeter meter, BackupManifest manifest)
        : this(request, set, recorder, meter, new Additions { Manifest = manifest })
    {
    }

    private BackupDraft(SetRequest request, IBackupSetWriter set, OperationRecorder recorder, ProgressMeter meter, Additions additions) =>
        (_request, Set, Recorder, Meter, _additions) = (request, set, recorder, meter, additions);

    public string Id => _additions.Manifest.Id;

    /// <summary>The deployment that is backed up.</summary>
    public LettaDeployment Deployment => _request.Deployment;

    /// <summary>Takes the set's files.</summary>
    public IBackupSetWriter Set { get; }

    /// <summary>Takes the operation's steps.</summary>
    public OperationRecorder Recorder { get; }

    /// <summary>Counts bytes for the progress bar.</summary>
    public ProgressMeter Meter { get; }

    public IReadOnlyList<string> Warnings => _additions.Warnings;

    /// <summary>The same draft for a part that works beside another one, whose progress is shown.</summary>
    public BackupDraft WithoutProgress() => new(_request, Set, Recorder, new ProgressMeter(NoObserver.Instance, string.Empty), _additions);

    /// <summary>Puts a part's own record into the manifest.</summary>
    public void Describe(Func<BackupManifest, BackupManifest> add)
    {
        lock (_additions)
        {
            _additions.Manifest = add(_additions.Manifest);
        }
    }

    /// <summary>Adds a part's section to the page that tells how to restore by hand.</summary>
    public void AddInstructions(string text)
    {
        lock (_additions)
        {
            _additions.Instructions.Add(text.TrimEnd());
        }
    }

    /// <summary>Tells of something that the set does not hold or that the user should know; said once the set is there.</summary>
    public void Warn(string message)
    {
        lock (_additions)
        {
            _additions.Warnings.Add(message);
        }
    }

    public void WriteText(string name, byte[] content)
    {
        using var file = Set.OpenWrite(name);
        file.Write(content);
    }

    /// <summary>Writes the instructions and publishes the set.</summary>
    public Backup Publish()
    {
        // In an order that does not depend on which part was ready first.
        var sections = _additions.Instructions.Order(StringComparer.Ordinal);
        WriteText(BackupManifest.InstructionsFileName, Encoding.UTF8.GetBytes(RestoreInstructions.Join(_additions.Manifest, Set.Files, sections)));
        return Set.Publish(_additions.Manifest with
        {
            Files = [.. Set.Files.OrderBy(file => file.Name, StringComparer.Ordinal)], CompletedAt = DateTimeOffset.UtcNow,
        });
    }

    private sealed class Additions
    {
        public required BackupManifest Manifest { get; set; }

        public List<string> Instructions { get; } = [];

        public List<string> Warnings { get; } = [];
    }
}
