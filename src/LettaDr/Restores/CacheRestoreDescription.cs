namespace LettaDr;

/// <summary>Tells in words what a restore of a cache would do and what would be lost by it.</summary>
internal static class CacheRestoreDescription
{
    /// <summary>The plan, a line a step, for -WhatIf.</summary>
    public static string Plan(CacheRestoreRequest request, CacheProfile target)
    {
        var part = request.Backup.Manifest!.Cache!;
        var kind = part.AppendOnly ? "append-only files" : "snapshot";
        List<string> lines =
        [
            $"Restore {request.Backup.Id} ({part.SnapshotTime:u}, {part.Keys} keys, {ByteSize.Format(part.Bytes)}) to Redis at {target.Cache} in container {target.Container}:",
            $"  1. put the set's {kind} beside the files of Redis on {target.Volume}, checking their SHA-256",
            "  2. load them in a throw-away container of the same image; what does not load, or holds other keys than the set says, ends it here",
            !target.IsRunning ? $"  3. container {target.Container} does not run now"
                : target.AppendOnly ? $"  3. stop container {target.Container}" : $"  3. have Redis save a snapshot, and stop container {target.Container}",
            $"  4. set the files of Redis aside in {target.Directory}, and put the set's in their place",
            "  5. start it, and wait until it has loaded",
            target.AppendOnly
                ? "  6. count the keys, and see that the append-only file is on and written to; a failure puts the old files back"
                : "  6. count the keys; a failure puts the old files back",
            request.DiscardPrevious ? "  7. remove the files that Redis had" : "  7. keep the files that Redis had",
        ];
        if (request.Reconcile is not null)
        {
            lines.Add("  8. remove Letta's keys that contradict the database, and locks of dead workers");
        }

        return string.Join(Environment.NewLine, lines);
    }

    /// <summary>What -Confirm asks: it states the loss.</summary>
    public static string Question(CacheRestoreRequest request, CacheProfile target)
    {
        var moment = request.Backup.Manifest!.Cache!.SnapshotTime;
        var now = target.IsRunning ? $"its {target.Keys} keys" : "its files";
        return $"Redis at {target.Cache} is stopped, and {now} are replaced by those of {moment:u}: what was written since is no longer live"
            + (request.DiscardPrevious ? ", and is removed." : ", but is kept aside.") + $" Restore {request.Backup.Id}?";
    }
}
