namespace LettaDr;

/// <summary>The log that a physical set holds itself, and after it what was received into an archive.</summary>
internal sealed class SetLog : IWalArchive
{
    private readonly IBackupRepository _repository;
    private readonly Backup _backup;
    private readonly IWalArchive? _archive;
    private readonly Dictionary<WalSegment, BackupFile> _own = [];
    private readonly Dictionary<uint, BackupFile> _histories = [];

    /// <param name="repository">Where the set is.</param>
    /// <param name="backup">The set.</param>
    /// <param name="archive">What was received of its cluster; null when nothing.</param>
    public SetLog(IBackupRepository repository, Backup backup, IWalArchive? archive)
    {
        (_repository, _backup, _archive) = (repository, backup, archive);
        var size = backup.Manifest!.Cluster!.WalSegmentSize;
        foreach (var file in backup.Manifest.Files.Where(file => file.Name.StartsWith(ClusterPart.WalFolder, StringComparison.Ordinal)))
        {
            var name = Path.GetFileNameWithoutExtension(file.Name);
            if (WalSegment.TryParse(name, size, out var segment))
            {
                _own[segment] = file;
            }
            else if (TimelineHistory.TryParseName(name, out var timeline))
            {
                _histories[timeline] = file;
            }
        }
    }

    /// <inheritdoc/>
    public string Location => _archive?.Location ?? _backup.Path;

    /// <inheritdoc/>
    public string SystemIdentifier => _backup.Manifest!.Cluster!.SystemIdentifier;

    /// <inheritdoc/>
    public IReadOnlyList<WalFile> Files()
    {
        // The set's last segment was still being written to; what was received of it since goes further.
        var last = _own.Keys.OrderBy(segment => segment.Number).LastOrDefault();
        var files = _own.ToDictionary(
            own => own.Key, own => new WalFile(own.Key, own.Value.Name, own.Value.Size, own.Key == last, _backup.Manifest!.CompletedAt));
        foreach (var received in _archive?.Files() ?? [])
        {
            if (!files.TryGetValue(received.Segment, out var own) || (own.IsPartial && (!received.IsPartial || Reach(received) >= Reach(own))))
            {
                files[received.Segment] = received;
            }
        }

        return [.. files.Values.OrderBy(file => file.Segment.Name, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<TimelineHistory> Histories()
    {
        var received = _archive?.Histories() ?? [];
        var own = _histories.Where(pair => received.All(known => known.Timeline != pair.Key)).Select(pair => ReadHistory(pair.Key, pair.Value));
        return [.. received.Concat(own).OrderBy(history => history.Timeline)];
    }

    /// <inheritdoc/>
    public Stream OpenContent(WalFile file) => _own.TryGetValue(file.Segment, out var own) && own.Name == file.FileName
        ? _repository.OpenContent(_backup, own)
        : _archive!.OpenContent(file);

    private TimelineHistory ReadHistory(uint timeline, BackupFile file)
    {
        using var content = new StreamReader(_repository.OpenContent(_backup, file));
        try
        {
            return TimelineHistory.Parse(timeline, content.ReadToEnd());
        }
        catch (FormatException damaged)
        {
            throw new LettaDrException(
                "BackupDamaged", FaultKind.DataCorrupt, $"The file {file.Name} of set {_backup.Id} is damaged: {damaged.Message}",
                "Use another set (Get-LettaBackup lists them), and make a new base backup.", _backup.Id, damaged);
        }
    }

    /// <summary>Where the log in a segment that was being written to ends: beyond that it is nought.</summary>
    private long Reach(WalFile file)
    {
        using var content = OpenContent(file);
        var buffer = new byte[1 << 16];
        var (read, reach) = (0L, 0L);
        while (content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) is var length and > 0)
        {
            var last = buffer.AsSpan(0, length).LastIndexOfAnyExcept((byte)0);
            reach = last >= 0 ? read + last + 1 : reach;
            read += length;
        }

        return reach;
    }
}
