using System.Buffers;
using System.Buffers.Binary;
using System.Formats.Tar;

namespace LettaDr;

/// <summary>Checks a physical copy by PostgreSQL's own manifest of it, as pg_verifybackup does, without unpacking it; and its log.</summary>
internal sealed class ClusterVerification(IBackupRepository repository, Backup backup, IOperationObserver observer)
{
    private const int Shown = 5;
    private const string Algorithm = "CRC32C";

    private readonly ProgressMeter _meter = new(observer, $"Verifying {backup.Id}");
    private readonly List<string> _problems = [];

    private ClusterPart Part => backup.Manifest!.Cluster!;

    /// <summary>What was checked, in a sentence.</summary>
    /// <exception cref="LettaDrException">The copy is damaged; the message tells where.</exception>
    public string Check(CancellationToken cancellationToken)
    {
        var manifest = ReadManifest();
        var expected = manifest.Files.ToDictionary(file => file.Path, StringComparer.Ordinal);
        _meter.Stage("Checking the cluster's files", expected.Values.Sum(file => file.Size));
        foreach (var archive in backup.Manifest!.Files.Where(file => IsArchive(file.Name)))
        {
            CheckArchive(archive, expected, cancellationToken);
        }

        _problems.AddRange(expected.Values.Select(file => $"{file.Path} is missing"));
        var records = CheckLog(manifest, cancellationToken);
        return _problems.Count == 0
            ? $"{manifest.Files.Count} files of the cluster as PostgreSQL's manifest has them; the log is whole from {manifest.StartLsn} to {Part.SnapshotLsn}, {records} records."
            : throw new LettaDrException(
                "ClusterDamaged", FaultKind.DataCorrupt,
                $"{_problems.Count} faults: {string.Join("; ", _problems.Take(Shown))}{(_problems.Count > Shown ? "; …" : string.Empty)}.",
                "Use another set (Get-LettaBackup lists them).", backup.Id);
    }

    private ClusterManifest ReadManifest()
    {
        using var content = repository.OpenContent(backup, backup.Manifest!.Files.Single(file => file.Name == ClusterPart.ManifestFileName));
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return ClusterManifest.Read(bytes.ToArray(), backup.Id);
    }

    /// <summary>Takes what an archive holds from the files expected.</summary>
    private void CheckArchive(BackupFile archive, Dictionary<string, ClusterManifestFile> expected, CancellationToken cancellationToken)
    {
        var name = archive.Name[ClusterPart.Folder.Length..].Split('.')[0];
        var folder = name == "base" ? string.Empty : $"pg_tblspc/{name}/";
        using var content = repository.OpenContent(backup, archive);
        using var tar = new TarReader(content);
        while (tar.GetNextEntry() is { } entry)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || (folder.Length == 0 && entry.Name == ClusterManifest.FileName))
            {
                continue;
            }

            var path = folder + (entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name);
            if (!expected.Remove(path, out var file))
            {
                _problems.Add($"{path} is not in PostgreSQL's manifest");
            }
            else if (entry.Length != file.Size)
            {
                _problems.Add($"{path} has {entry.Length} bytes and not {file.Size}");
            }
            else if (file.Algorithm == Algorithm && ChecksumOf(entry.DataStream) != file.Checksum)
            {
                _problems.Add($"{path} has not the checksum {file.Checksum}");
            }
        }

        // The archive's end is not the file's: what comes after it belongs to its checksum as well.
        content.CopyTo(Stream.Null);
    }

    private string ChecksumOf(Stream? content)
    {
        var sum = Castagnoli.Start;
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 17);
        int length;
        while (content is not null && (length = content.Read(buffer)) > 0)
        {
            sum = Castagnoli.Add(sum, buffer.AsSpan(0, length));
            _meter.Add(length);
        }

        ArrayPool<byte>.Shared.Return(buffer);
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, ~sum);
        return Hex.Lower(bytes);
    }

    private long CheckLog(ClusterManifest manifest, CancellationToken cancellationToken)
    {
        var walk = new WalWalk(new SetLog(repository, backup, null), new TimelineHistory { Timeline = manifest.Timeline }, manifest.StartLsn);
        var end = walk.Finish(cancellationToken);
        if (end.Position <= Part.SnapshotLsn)
        {
            _problems.Add($"the log ends at {end.Position}, before {Part.SnapshotLsn}: {end.Detail.TrimEnd('.')}");
        }

        return walk.Records;
    }

    private static bool IsArchive(string name) =>
        name.StartsWith(ClusterPart.Folder, StringComparison.Ordinal) && name.EndsWith(".tar.zst", StringComparison.Ordinal);
}
