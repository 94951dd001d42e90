using System.Text.Json;

namespace LettaDr.Systems;

/// <summary>
/// A repository in a directory: <c>&lt;deployment&gt;/sets/&lt;id&gt;/</c> for sets, <c>…/sets/.incomplete-&lt;id&gt;/</c> while they are
/// written, <c>…/proofs/</c>, <c>…/operations/</c> and <c>…/drills/</c> beside them.
/// </summary>
internal sealed class DirectoryRepository(string location) : IBackupRepository
{
    private const string IncompletePrefix = ".incomplete-";
    private const string RemovedPrefix = ".removed-";
    private const int NoSpaceLeft = 28;
    private const int QuotaExceeded = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    public string Location { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(location));

    public long? FreeBytes => Guard<long?>(() => new DriveInfo(Location).AvailableFreeSpace);

    public Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(Location))
        {
            // The parent is never made: a missing one is most often a disk that is not mounted.
            if (!Directory.Exists(Path.GetDirectoryName(Location)))
            {
                throw RepositoryFaults.ParentNotFound(Location);
            }

            Guard(() =>
            {
                DurableFiles.CreateDirectory(Location);
                return true;
            });
        }

        Guard(() =>
        {
            var probe = Path.Combine(Location, ".probe-" + Guid.NewGuid().ToString("N"));
            File.WriteAllText(probe, string.Empty);
            File.Delete(probe);
            return true;
        });
        return Task.CompletedTask;
    }

    public IDisposable Lock(string deployment, string operation) => Guard(() =>
    {
        DurableFiles.CreateDirectory(SetsPath(deployment));
        return DirectoryLock.Acquire(Path.Combine(DeploymentPath(deployment), "lock"), Location, deployment, operation);
    });

    public IBackupSetWriter CreateSet(string deployment, string id) => new DirectorySetWriter(this, deployment, id);

    public IReadOnlyList<Backup> List(string? deployment, bool includeIncomplete)
    {
        if (!Directory.Exists(Location))
        {
            throw RepositoryFaults.NotFound(Location);
        }

        return Guard(() =>
        {
            var deployments = deployment is not null
                ? [deployment]
                : Directory.EnumerateDirectories(Location).Select(path => RepositoryName.Decode(Path.GetFileName(path)));
            return deployments.Where(name => Directory.Exists(SetsPath(name)))
                .SelectMany(name => List(name, includeIncomplete, ReadProofs(name))).ToList();
        });
    }

    public Stream OpenRead(Backup backup, string file)
    {
        try
        {
            return new FileStream(
                Path.Combine(backup.Path, file), FileMode.Open, FileAccess.Read, FileShare.Read, 128 * 1024, FileOptions.SequentialScan);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw RepositoryFaults.FileMissing(file, backup.Path, missing);
        }
    }

    public Stream OpenStored(Backup backup, BackupFile file) =>
        new VerifyingStream(OpenRead(backup, file.Name), file, backup.Path);

    public Stream OpenContent(Backup backup, BackupFile file)
    {
        var stored = new VerifyingStream(OpenRead(backup, file.Name), file, backup.Path);
        return file.Name.EndsWith(".zst", StringComparison.Ordinal) ? new ContentStream(stored, file, backup.Path) : stored;
    }

    public IReadOnlyDictionary<string, long> SizesOf(Backup backup) => Guard(() => (IReadOnlyDictionary<string, long>)
        new DirectoryInfo(backup.Path).EnumerateFiles("*", SearchOption.AllDirectories).ToDictionary(
            file => Path.GetRelativePath(backup.Path, file.FullName).Replace(Path.DirectorySeparatorChar, '/'), file => file.Length, StringComparer.Ordinal));

    public void Remove(Backup backup) => Guard(() =>
    {
        var hidden = Path.Combine(Path.GetDirectoryName(backup.Path)!, RemovedPrefix + Path.GetFileName(backup.Path).TrimStart('.'));
        Directory.Move(backup.Path, hidden);
        DurableFiles.SyncDirectory(Path.GetDirectoryName(hidden)!);
        Directory.Delete(hidden, recursive: true);
        if (ProofPath(backup.Deployment, backup.Id) is var proof && File.Exists(proof))
        {
            File.Delete(proof);
        }

        return true;
    });

    public IReadOnlyList<string> Sweep(string deployment) => Guard(() =>
    {
        var leftovers = Directory.EnumerateDirectories(SetsPath(deployment))
            .Where(path => Path.GetFileName(path) is { } name
                && (name.StartsWith(IncompletePrefix, StringComparison.Ordinal)
                    || name.StartsWith(RemovedPrefix, StringComparison.Ordinal)
                    || !File.Exists(Path.Combine(path, BackupManifest.FileName))))
            .ToList();
        leftovers.ForEach(path => Directory.Delete(path, recursive: true));
        return leftovers;
    });

    public void SaveProof(Backup backup, BackupProof proof) => Guard(() =>
    {
        var path = ProofPath(backup.Deployment, backup.Id);
        DurableFiles.CreateDirectory(Path.GetDirectoryName(path)!);
        DurableFiles.WriteAtomically(path, JsonSerializer.SerializeToUtf8Bytes(proof, LettaDrJson.Default.BackupProof));
        return true;
    });

    public IJournalStore Journals(string deployment) => new JournalDirectory(Path.Combine(DeploymentPath(deployment), "operations"));

    public IDrTestStore DrTests => new DrTestFolders(
        result => Path.Combine(DeploymentPath(result.Deployment), "drills"),
        deployment => deployment is not null
            ? [Path.Combine(DeploymentPath(deployment), "drills")]
            : Directory.Exists(Location) ? Directory.EnumerateDirectories(Location).Select(path => Path.Combine(path, "drills")) : []);

    /// <summary>The set of that id as it is now listed; null when there is none.</summary>
    public Backup? Find(string deployment, string id)
    {
        var path = SetPath(deployment, id);
        return Directory.Exists(path) ? Describe(deployment, path, ReadProofs(deployment)) : null;
    }

    public string SetPath(string deployment, string id) => Path.Combine(SetsPath(deployment), id);

    public string IncompletePath(string deployment, string id) => Path.Combine(SetsPath(deployment), IncompletePrefix + id);

    /// <summary>Runs file work and tells what fails in the repository's own words.</summary>
    public T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (IOException failure)
        {
            throw Translate(failure);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw RepositoryFaults.NotWritable(Location, failure);
        }
    }

    public LettaDrException Translate(IOException failure) => failure.HResult is NoSpaceLeft or QuotaExceeded or WindowsDiskFull
        ? RepositoryFaults.Full(Location, failure)
        : RepositoryFaults.NotWritable(Location, failure);

    private string DeploymentPath(string deployment) => Path.Combine(Location, RepositoryName.Encode(deployment));

    private string SetsPath(string deployment) => Path.Combine(DeploymentPath(deployment), "sets");

    private string ProofPath(string deployment, string id) => Path.Combine(DeploymentPath(deployment), "proofs", id + ".json");

    private List<Backup> List(string deployment, bool includeIncomplete, IReadOnlyDictionary<string, BackupProof> proofs) =>
        [.. Directory.GetDirectories(SetsPath(deployment))
            .AsParallel()
            .Where(path => !Path.GetFileName(path).StartsWith(RemovedPrefix, StringComparison.Ordinal))
            .Select(path => Describe(deployment, path, proofs))
            .Where(backup => includeIncomplete || backup.State != BackupState.Incomplete)];

    private Backup Describe(string deployment, string path, IReadOnlyDictionary<string, BackupProof> proofs)
    {
        var name = Path.GetFileName(path);
        var hidden = name.StartsWith(IncompletePrefix, StringComparison.Ordinal);
        var id = hidden ? name[IncompletePrefix.Length..] : name;
        var backup = new Backup
        {
            Id = id, Deployment = deployment, Repository = Location, Path = path, State = BackupState.Incomplete,
            SnapshotTime = OperationId.TimeOf(id) ?? new DateTimeOffset(Directory.GetCreationTimeUtc(path)),
            Problem = "It has no manifest: it is being written, or the operation that wrote it has died.",
        };
        if (hidden)
        {
            return backup;
        }

        try
        {
            var manifest = ManifestSerializer.Read(File.ReadAllBytes(Path.Combine(path, BackupManifest.FileName)), path);
            var proof = proofs.GetValueOrDefault(id);
            return backup with
            {
                State = BackupState.Complete, SnapshotTime = manifest.SnapshotTime, Manifest = manifest, Problem = null,
                LastProof = proof?.ManifestSeal == manifest.Seal ? proof : null,
            };
        }
        catch (LettaDrException damaged)
        {
            return backup with { State = BackupState.Damaged, Problem = damaged.Message };
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return backup;
        }
    }

    private Dictionary<string, BackupProof> ReadProofs(string deployment)
    {
        var directory = Path.GetDirectoryName(ProofPath(deployment, "any"))!;
        var proofs = new Dictionary<string, BackupProof>(StringComparer.Ordinal);
        if (!Directory.Exists(directory))
        {
            return proofs;
        }

        foreach (var path in Directory.EnumerateFiles(directory, "*.json"))
        {
            try
            {
                if (JsonSerializer.Deserialize(File.ReadAllBytes(path), LettaDrJson.Default.BackupProof) is { } proof)
                {
                    proofs[proof.BackupId] = proof;
                }
            }
            catch (JsonException)
            {
                // A proof that cannot be read proves nothing; the set is listed as unproven.
            }
        }

        return proofs;
    }
}
