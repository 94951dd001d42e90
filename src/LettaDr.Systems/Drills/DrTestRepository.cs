namespace LettaDr.Systems;

/// <summary>
/// A repository as a recovery test uses it: what it does to a copy is written into the journals of the deployment that the copy's set is of,
/// and leaves no folder under the copy's own name.
/// </summary>
internal sealed class DrTestRepository(IBackupRepository inner, string deployment) : IBackupRepository
{
    public string Location => inner.Location;

    public long? FreeBytes => inner.FreeBytes;

    public IDrTestStore DrTests => inner.DrTests;

    public Task PrepareAsync(CancellationToken cancellationToken) => inner.PrepareAsync(cancellationToken);

    public IDisposable Lock(string deployment, string operation) => inner.Lock(deployment, operation);

    public IBackupSetWriter CreateSet(string deployment, string id) => inner.CreateSet(deployment, id);

    public IReadOnlyList<Backup> List(string? deployment, bool includeIncomplete) => inner.List(deployment, includeIncomplete);

    public Stream OpenRead(Backup backup, string file) => inner.OpenRead(backup, file);

    public Stream OpenStored(Backup backup, BackupFile file) => inner.OpenStored(backup, file);

    public Stream OpenContent(Backup backup, BackupFile file) => inner.OpenContent(backup, file);

    public IReadOnlyDictionary<string, long> SizesOf(Backup backup) => inner.SizesOf(backup);

    public void Remove(Backup backup) => inner.Remove(backup);

    public IReadOnlyList<string> Sweep(string deployment) => inner.Sweep(deployment);

    public void SaveProof(Backup backup, BackupProof proof) => inner.SaveProof(backup, proof);

    public IJournalStore Journals(string _) => inner.Journals(deployment);
}
