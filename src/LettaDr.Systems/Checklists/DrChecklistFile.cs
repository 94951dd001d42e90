using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace LettaDr.Systems;

/// <summary>A deployment's checklist record in a repository: a file that is only added to, by one writer at a time.</summary>
internal sealed class DrChecklistFile
{
    // A byte-order mark, which editors add, is read as a letter: so the first line does not fit, and nothing is cut off by it.
    private static readonly UTF8Encoding Bytes = new(encoderShouldEmitUTF8Identifier: false);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly string _deployment;
    private readonly string _anchor;

    /// <param name="repository">Where the repository is.</param>
    /// <param name="deployment">The deployment.</param>
    /// <param name="anchors">Where this user keeps what he has seen of records.</param>
    public DrChecklistFile(string repository, string deployment, string? anchors = null)
    {
        _deployment = deployment;
        Path = System.IO.Path.Combine(System.IO.Path.GetFullPath(repository), RepositoryName.Encode(deployment), "checklist.log");
        _anchor = System.IO.Path.Combine(
            anchors ?? LocalState.Folder("checklists"), Hex.Lower(SHA256.HashData(Encoding.UTF8.GetBytes(Path)).AsSpan(0, 8)) + ".json");
    }

    public string Path { get; }

    /// <summary>What was recorded, the oldest first.</summary>
    /// <param name="altered">Why nothing further in it counts; null when all of it does.</param>
    public IReadOnlyList<DrChecklistEntry> Read(out LettaDrException? altered)
    {
        var chain = DrChecklistChain.Read(Text(), _deployment);
        altered = Fault(chain);
        if (altered is null)
        {
            Remember(chain);
        }

        return chain.Entries;
    }

    /// <summary>Adds entries at the end, after those that others add meanwhile.</summary>
    /// <exception cref="LettaDrException">The record was altered, or cannot be written.</exception>
    public async Task AppendAsync(IReadOnlyList<DrChecklistEntry> entries, CancellationToken cancellationToken)
    {
        try
        {
            DurableFiles.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            using var guard = await LockAsync(cancellationToken).ConfigureAwait(false);
            var text = Text();
            var chain = DrChecklistChain.Read(text, _deployment);
            if (Fault(chain) is { } altered)
            {
                throw altered;
            }

            using (var file = OpenToAdd())
            {
                // What a writer that died left of a line was never recorded.
                file.SetLength(Bytes.GetByteCount(text.AsSpan(0, text.LastIndexOf('\n') + 1)));
                file.Seek(0, SeekOrigin.End);
                file.Write(Bytes.GetBytes(string.Concat(entries.Select(chain.Append))));
                file.Flush(flushToDisk: true);
            }

            DurableFiles.SyncDirectory(System.IO.Path.GetDirectoryName(Path)!);
            Remember(chain);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LettaDrException(
                "ChecklistNotWritable", FaultKind.PermissionDenied, $"The checklist's record {Path} cannot be written: {failure.Message}",
                "Free some space there, or let this user write to it.", _deployment, failure);
        }
    }

    private FileStream OpenToAdd() => File.Exists(Path)
        ? new FileStream(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read)
        : DurableFiles.Create(Path);

    private string Text()
    {
        try
        {
            using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(file, Bytes, detectEncodingFromByteOrderMarks: false);
            return reader.ReadToEnd();
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return string.Empty;
        }
    }

    /// <summary>A lock beside the record, which frees itself with its process; people's records are short, so one waits for the other.</summary>
    private async Task<IDisposable> LockAsync(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return DirectoryLock.Acquire(Path + ".lock", Path, _deployment, "Checklist");
            }
            catch (LettaDrException busy) when (busy.Kind == FaultKind.Busy && clock.Elapsed < Patience)
            {
                await Task.Delay(20, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private LettaDrException? Fault(DrChecklistChain chain)
    {
        var seen = Seen();
        var what = chain.BrokenAt is { } line ? $"was altered: line {line} does not fit those before it, or is of another deployment"
            : seen is null || (seen.Count <= chain.Entries.Count && chain.DigestOf(seen.Count) == seen.Digest) ? null
            : seen.Count > chain.Entries.Count ? $"was cut short: it holds {chain.Entries.Count} entries, and this user has seen {seen.Count}"
            : $"was written anew: its first {seen.Count} entries are not those that this user has seen";
        return what is null ? null : new LettaDrException(
            "ChecklistAltered", FaultKind.DataCorrupt, $"The checklist's record {Path} {what}. What it says is no evidence.",
            $"Find out who did that, put the right file back, or move it aside to begin a new one (then remove {_anchor} too).", _deployment);
    }

    private DrChecklistAnchor? Seen()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(_anchor), LettaDrLineJson.Default.DrChecklistAnchor);
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private void Remember(DrChecklistChain chain)
    {
        if (Seen()?.Count >= chain.Entries.Count)
        {
            return;
        }

        try
        {
            DurableFiles.CreateDirectory(System.IO.Path.GetDirectoryName(_anchor)!);
            DurableFiles.WriteAtomically(
                _anchor,
                JsonSerializer.SerializeToUtf8Bytes(
                    new DrChecklistAnchor(chain.Entries.Count, chain.DigestOf(chain.Entries.Count)), LettaDrLineJson.Default.DrChecklistAnchor));
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            // The record itself is what counts; without the note only a cut end goes unseen.
        }
    }
}
