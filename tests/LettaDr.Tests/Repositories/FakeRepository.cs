namespace LettaDr.Tests;

/// <summary>A repository of nothing but a list.</summary>
internal sealed class FakeRepository(params Backup[] sets) : IBackupRepository
{
    private readonly List<Backup> _sets = [.. sets];

    public bool Locked { get; private set; }

    /// <summary>Content of the sets' files, by name; or of one set's, by its id and name.</summary>
    public Dictionary<string, byte[]> Contents { get; } = [];

    public string Location => "/repository";

    public long? FreeBytes => null;

    public IReadOnlyList<Backup> List(string? deployment, bool includeIncomplete) =>
        [.. _sets.Where(set => (deployment is null || set.Deployment == deployment) && (includeIncomplete || set.State != BackupState.Incomplete))];

    public void Remove(Backup backup)
    {
        Assert.True(Locked, "a set is removed only under the lock");
        _sets.Remove(backup);
    }

    public IDisposable Lock(string deployment, string operation)
    {
        Locked = true;
        return new Guard(this);
    }

    public Task PrepareAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public IBackupSetWriter CreateSet(string deployment, string id) => throw new NotSupportedException();

    public Stream OpenRead(Backup backup, string file) => throw new NotSupportedException();

    public Stream OpenStored(Backup backup, BackupFile file) => throw new NotSupportedException();

    public Stream OpenContent(Backup backup, BackupFile file) => new MemoryStream(
        Contents.TryGetValue($"{backup.Id}/{file.Name}", out var own) ? own : Contents[file.Name], writable: false);

    public IReadOnlyDictionary<string, long> SizesOf(Backup backup) => throw new NotSupportedException();

    public IReadOnlyList<string> Sweep(string deployment) => throw new NotSupportedException();

    public void SaveProof(Backup backup, BackupProof proof) => throw new NotSupportedException();

    public IJournalStore Journals(string deployment) => new NoJournals();

    public IDrTestStore DrTests => throw new NotSupportedException();

    private sealed class NoJournals : IJournalStore
    {
        public void Save(OperationJournal journal)
        {
        }

        public IReadOnlyList<OperationJournal> Find(string kind, string? deployment) => [];
    }

    private sealed class Guard(FakeRepository repository) : IDisposable
    {
        public void Dispose() => repository.Locked = false;
    }
}
