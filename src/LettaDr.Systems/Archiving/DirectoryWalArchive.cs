using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using ZstdSharp;

namespace LettaDr.Systems;

/// <summary>The log of one cluster in a repository's directory: what was compressed, and what is still being received.</summary>
internal sealed class DirectoryWalArchive : IWalArchive
{
    private const string Partial = ".partial";
    private static readonly string[] Extensions = [".zst", ".gz", string.Empty];

    private DirectoryWalArchive(string location, string systemIdentifier)
    {
        Location = location;
        SystemIdentifier = systemIdentifier;
        Settings = WalArchiveFolder.Settings(location);
        SegmentSize = Settings?.SegmentSize ?? MeasureSegmentSize() ?? WalSegment.DefaultSize;
    }

    /// <inheritdoc/>
    public string Location { get; }

    /// <inheritdoc/>
    public string SystemIdentifier { get; }

    /// <summary>What the archive says of itself; null when it does not.</summary>
    public WalArchiveSettings? Settings { get; }

    /// <summary>Bytes of each segment.</summary>
    public int SegmentSize { get; }

    /// <summary>Opens the archive of a cluster; null when there is none.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="deployment">Name of the deployment.</param>
    /// <param name="systemIdentifier">The cluster; null for the one that was last received from.</param>
    public static DirectoryWalArchive? Open(IBackupRepository repository, string deployment, string? systemIdentifier = null) =>
        (systemIdentifier ?? WalArchiveFolder.List(repository, deployment).FirstOrDefault()) is { } identifier
            && WalArchiveFolder.Of(repository, deployment, identifier) is var path && Directory.Exists(path)
            ? new DirectoryWalArchive(path, identifier)
            : null;

    /// <inheritdoc/>
    public IReadOnlyList<WalFile> Files()
    {
        var files = new SortedDictionary<string, WalFile>(StringComparer.Ordinal);
        foreach (var info in Candidates())
        {
            var isPartial = info.Name.EndsWith(Partial, StringComparison.Ordinal);
            var name = info.Name.Split('.')[0];
            if (WalSegment.TryParse(name, SegmentSize, out var segment) && info.Exists
                && (!files.TryGetValue(name, out var other) || (other.IsPartial && (!isPartial || info.LastWriteTimeUtc > other.WrittenAt))))
            {
                files[name] = new WalFile(
                    segment, Path.GetRelativePath(Location, info.FullName).Replace(Path.DirectorySeparatorChar, '/'), info.Length, isPartial,
                    new DateTimeOffset(info.LastWriteTimeUtc));
            }
        }

        return [.. files.Values];
    }

    /// <inheritdoc/>
    public IReadOnlyList<TimelineHistory> Histories()
    {
        var histories = new SortedDictionary<uint, TimelineHistory>();
        foreach (var path in Folders().SelectMany(folder => Directory.EnumerateFiles(folder, "*.history")))
        {
            if (TimelineHistory.TryParseName(Path.GetFileName(path), out var timeline))
            {
                try
                {
                    histories.TryAdd(timeline, TimelineHistory.Parse(timeline, File.ReadAllText(path)));
                }
                catch (FormatException damaged)
                {
                    throw Damaged(Path.GetFileName(path), damaged);
                }
                catch (FileNotFoundException)
                {
                    // Moved up since it was listed, and found there: folders are read from the one written to upwards.
                }
            }
        }

        return [.. histories.Values];
    }

    /// <inheritdoc/>
    public Stream OpenContent(WalFile file)
    {
        // Since it was listed, it may have been completed, compressed and moved.
        List<string> folders = [Path.GetDirectoryName(file.FileName)!, string.Empty, .. ReceivingFolders().Select(path => Path.GetRelativePath(Location, path))];
        var candidates = folders.SelectMany(folder => Extensions.Append(Partial).Select(extension => Path.Combine(folder, file.Segment.Name + extension)));
        foreach (var candidate in candidates.Prepend(file.FileName))
        {
            try
            {
                var stored = new FileStream(
                    Path.Combine(Location, candidate), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 128 * 1024, FileOptions.SequentialScan);
                return Path.GetExtension(candidate) switch
                {
                    ".zst" => new WalContentStream(new DecompressionStream(stored, leaveOpen: false), candidate, Location),
                    ".gz" => new WalContentStream(new GZipStream(stored, CompressionMode.Decompress), candidate, Location),
                    _ => stored,
                };
            }
            catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
            {
            }
        }

        throw new LettaDrException(
            "WalFileMissing", FaultKind.DataCorrupt, $"The file {file.FileName} of the archive {Location} is missing.",
            "Bring it back from a copy; else the log can be recovered up to it only.", file.FileName);
    }

    /// <summary>
    /// Puts on the disk what is still being received: pg_receivewal flushes a whole segment, and its container what is of one each second.
    /// What was read before this is called survives a power cut.
    /// </summary>
    public void Flush()
    {
        if (OperatingSystem.IsWindows())
        {
            // Nothing is received there, and a file that is open for reading cannot be flushed.
            return;
        }

        foreach (var path in ReceivingFolders().SelectMany(folder => Directory.EnumerateFiles(folder, "*" + Partial)))
        {
            try
            {
                using var handle = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
                RandomAccess.FlushToDisk(handle);
            }
            catch (FileNotFoundException)
            {
                // Completed since it was listed, and flushed for that.
            }
        }
    }

    /// <summary>Removes a completed segment; what is still being received is left alone.</summary>
    public void Remove(WalFile file)
    {
        if (!file.IsPartial && !file.FileName.Contains('/', StringComparison.Ordinal))
        {
            File.Delete(Path.Combine(Location, file.FileName));
        }
    }

    private LettaDrException Damaged(string file, Exception cause) => new(
        "WalFileDamaged", FaultKind.DataCorrupt, $"The file {file} of the archive {Location} is damaged: {cause.Message}",
        "Bring it back from a copy; else the log can be recovered up to it only.", file, cause);

    /// <summary>Files that may be segments; whichever is written to first comes first, so that one that moves meanwhile is seen at least once.</summary>
    private IEnumerable<FileInfo> Candidates() => Folders().SelectMany(folder => new DirectoryInfo(folder).EnumerateFiles())
        .Where(file => file.Name.EndsWith(Partial, StringComparison.Ordinal) || Extensions.Contains(file.Extension, StringComparer.Ordinal)).ToList();

    private IEnumerable<string> Folders() => ReceivingFolders().Append(Location);

    private IEnumerable<string> ReceivingFolders() => Path.Combine(Location, WalArchiveFolder.Receiving) is var receiving && Directory.Exists(receiving)
        ? Directory.EnumerateDirectories(receiving).Order(StringComparer.Ordinal)
        : [];

    /// <summary>The size in the header of any segment, where nothing else tells it.</summary>
    private int? MeasureSegmentSize()
    {
        foreach (var info in Candidates().Where(info => info.Name.Length >= 24))
        {
            var file = new WalFile(new WalSegment(0, 0, WalSegment.DefaultSize), info.FullName, 0, false, default);
            try
            {
                using var content = OpenContent(file);
                var header = new byte[40];
                content.ReadExactly(header);
                var size = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(32));
                if (size is >= 1 << 20 and <= 1 << 30)
                {
                    return size;
                }
            }
            catch (Exception unreadable) when (unreadable is LettaDrException or IOException)
            {
            }
        }

        return null;
    }
}
