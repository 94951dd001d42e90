using System.Security.Cryptography;

namespace LettaDr.Systems;

/// <summary>A set being written into a hidden directory, which one rename makes visible.</summary>
internal sealed class DirectorySetWriter : IBackupSetWriter
{
    private readonly DirectoryRepository _repository;
    private readonly string _deployment;
    private readonly string _id;
    private readonly string _workPath;
    private readonly Action<FileStream> _flush;
    private readonly object _gate = new();
    private readonly List<BackupFile> _files = [];
    private readonly List<Task> _flushes = [];
    private readonly List<Task> _takings = [];
    private bool _published;

    /// <param name="repository">The repository that the set is for.</param>
    /// <param name="deployment">The deployment that it is of.</param>
    /// <param name="id">Its id.</param>
    /// <param name="flush">Puts a file on the disk; null means to do so.</param>
    public DirectorySetWriter(DirectoryRepository repository, string deployment, string id, Action<FileStream>? flush = null)
    {
        (_repository, _deployment, _id) = (repository, deployment, id);
        _flush = flush ?? (file => file.Flush(flushToDisk: true));
        if (Directory.Exists(repository.SetPath(deployment, id)))
        {
            throw RepositoryFaults.SetExists(repository.Location, id);
        }

        _workPath = repository.IncompletePath(deployment, id);
        repository.Guard(() =>
        {
            DurableFiles.CreateDirectory(_workPath);
            return true;
        });
    }

    public string? Incoming => _repository.Guard(() =>
    {
        DurableFiles.CreateDirectory(IncomingPath);
        return IncomingPath;
    });

    private string IncomingPath => Path.Combine(_workPath, "incoming");

    public IReadOnlyList<BackupFile> Files
    {
        get
        {
            _repository.Guard(() => Wait(_takings));
            lock (_gate)
            {
                return [.. _files];
            }
        }
    }

    public Stream OpenWrite(string name, int compressionLevel = 1) => _repository.Guard(() =>
    {
        var path = Path.Combine(_workPath, name);
        DurableFiles.CreateDirectory(Path.GetDirectoryName(path)!);
        return new SetFileStream(path, name, compressionLevel, Add, _repository.Translate);
    });

    public void Take(string path, string name) => _repository.Guard(() =>
    {
        var target = Path.Combine(_workPath, name);
        DurableFiles.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Move(path, target);
        lock (_gate)
        {
            _takings.Add(Task.Run(() => Digest(target, name)));
        }

        return true;
    });

    public Backup Publish(BackupManifest manifest)
    {
        _repository.Guard(() =>
        {
            Wait(_takings);
            Wait(_flushes);
            if (Directory.Exists(IncomingPath))
            {
                Directory.Delete(IncomingPath, recursive: true);
            }

            DurableFiles.WriteAtomically(Path.Combine(_workPath, BackupManifest.FileName), ManifestSerializer.Write(manifest));
            foreach (var directory in Directory.EnumerateDirectories(_workPath, "*", SearchOption.AllDirectories))
            {
                DurableFiles.SyncDirectory(directory);
            }

            var finalPath = _repository.SetPath(_deployment, _id);
            if (Directory.Exists(finalPath))
            {
                throw RepositoryFaults.SetExists(_repository.Location, _id);
            }

            Directory.Move(_workPath, finalPath);
            _published = true;
            DurableFiles.SyncDirectory(Path.GetDirectoryName(finalPath)!);
            return finalPath;
        });
        return _repository.Find(_deployment, _id)!;
    }

    public void Dispose()
    {
        // What is still read or flushed must not be removed beneath it.
        Task.WhenAll(Snapshot(_takings)).ContinueWith(_ => { }, TaskScheduler.Default).Wait();
        Task.WhenAll(Snapshot(_flushes)).ContinueWith(_ => { }, TaskScheduler.Default).Wait();
        if (!_published && Directory.Exists(_workPath))
        {
            Directory.Delete(_workPath, recursive: true);
        }
    }

    /// <summary>Lists a file, and puts it on the disk while the next is written: to wait for the disk is to leave processors idle.</summary>
    private void Add(BackupFile file, FileStream content)
    {
        lock (_gate)
        {
            _files.Add(file);
            _flushes.Add(Task.Run(() =>
            {
                using (content)
                {
                    _flush(content);
                }
            }));
        }
    }

    private void Digest(string path, string name)
    {
        var content = DurableFiles.OpenWritten(path);
        try
        {
            Add(new BackupFile(name, content.Length, Hex.Lower(SHA256.HashData(content))), content);
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    private bool Wait(List<Task> tasks)
    {
        foreach (var task in Snapshot(tasks))
        {
            task.GetAwaiter().GetResult();
        }

        return true;
    }

    private Task[] Snapshot(List<Task> tasks)
    {
        lock (_gate)
        {
            return [.. tasks];
        }
    }
}
