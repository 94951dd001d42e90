namespace LettaDr;

/// <summary>The rules by which an archive is called well or not.</summary>
internal static class WalArchiveJudge
{
    private const string Again = "Start-LettaWalArchive begins again where it ended";
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>An archive with its state.</summary>
    /// <param name="archive">The archive, as read.</param>
    /// <param name="receives">Whether its receiver runs; null when nobody can say.</param>
    /// <param name="now">The time.</param>
    public static WalArchive State(WalArchive archive, bool? receives, DateTimeOffset now)
    {
        var limit = Grace + (3 * archive.HeartbeatInterval);
        var isFresh = archive.RecoverableAt is { } time && now - time <= limit;
        var state = receives ?? isFresh ? isFresh ? WalArchiveState.Streaming : WalArchiveState.Stalled : WalArchiveState.Stopped;
        return archive with
        {
            State = state,
            Problem = archive.Problem ?? state switch
            {
                WalArchiveState.Stopped when receives is null => "Nothing new was received; whether anything receives cannot be seen from this machine.",
                WalArchiveState.Stopped => $"Nothing receives; {Again}.",
                WalArchiveState.Stalled => $"The newest commit received is older than {limit.TotalSeconds:0} s{(archive.LastEvents.Count > 0 ? $"; last event: {archive.LastEvents[^1]}" : string.Empty)}",
                _ => null,
            },
        };
    }

    /// <summary>An archive with what its server says of the slot.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="status">The slot's wal_status; empty where there is no slot.</param>
    /// <param name="retained">Bytes of log that the server keeps for it.</param>
    /// <param name="safe">Bytes that may yet be written before the slot is given up; null where the server sets no limit.</param>
    /// <param name="limit">The server's max_slot_wal_keep_size, as it shows it.</param>
    public static WalArchive Server(WalArchive archive, string status, long? retained, long? safe, string limit)
    {
        var warnings = new List<string>();
        if (status.Length == 0)
        {
            warnings.Add($"The server has no slot {archive.Slot}: it removes log whether that was received or not.");
        }
        else if (status is "lost" or "unreserved")
        {
            warnings.Add($"The slot {archive.Slot} is {status}: it held back more than max_slot_wal_keep_size ({limit}), and the server removes log that was not received.");
        }
        else if (safe is { } left && retained is { } kept && kept > left)
        {
            warnings.Add($"The slot {archive.Slot} holds back {ByteSize.Format(kept)}; after {ByteSize.Format(left)} more the server gives it up (max_slot_wal_keep_size {limit}).");
        }

        if (retained is { } much && archive.MaximumSlotSize is { } maximum && much > maximum / 2)
        {
            var consequence = archive.State == WalArchiveState.Stopped
                ? "nothing receives that would give it up, so receive again, or drop it (Stop-LettaWalArchive -DropSlot)."
                : "beyond, the receiver gives it up unless it catches up, and the log has a hole.";
            var (share, whole) = (ByteSize.Format(much), ByteSize.Format(maximum));
            warnings.Add($"The slot {archive.Slot} holds back {share} of the {whole} that it may (-MaximumSlotSize): {consequence}");
        }
        else if (retained is { } held && archive.ServerFreeBytes is { } free && held > free / 4)
        {
            warnings.Add($"The slot {archive.Slot} holds back {ByteSize.Format(held)} on the server's disk, which has {ByteSize.Format(free)} free: receive again, or drop it (Stop-LettaWalArchive -DropSlot).");
        }

        return archive with { SlotRetainedBytes = status.Length == 0 ? null : retained, Warnings = warnings };
    }

    /// <summary>What else should be looked at.</summary>
    public static IEnumerable<string> Warnings(WalArchive archive)
    {
        foreach (var hole in archive.Holes)
        {
            yield return $"{hole} {(hole.Segments == 1 ? "is" : "are")} missing: a copy from before cannot be recovered beyond, so take a new one (Backup-LettaDatabase -Type Base).";
        }

        if (archive.BaseId is null)
        {
            yield return "There is no physical copy that this log leads on from: take one (Backup-LettaDatabase -Type Base).";
        }
    }
}
