namespace LettaDr;

/// <summary>What reading the log from a copy on tells of a moment: where it is, what lies after it, and how far the log is sound.</summary>
internal sealed class RecoveryWalk
{
    private const string Heartbeat = "lettadr";

    private readonly HashSet<uint> _heartbeats = [];
    private readonly List<WalEvent> _tablespaces = [];
    private WalEvent? _last;
    private WalEvent? _lastReached;

    private RecoveryWalk()
    {
    }

    /// <summary>Where replay is to end; null when the log does not lead there.</summary>
    public RecoveryReach? Reached { get; private set; }

    /// <summary>Whether the moment lies before the copy, so that an older one may do.</summary>
    public bool IsBefore { get; private set; }

    /// <summary>Transactions committed after the moment, without heartbeats.</summary>
    public int CommitsAfter { get; private set; }

    /// <summary>When the last of them was.</summary>
    public DateTimeOffset? LastCommitAfter { get; private set; }

    /// <summary>The last commit of all.</summary>
    public DateTimeOffset? LastCommit => _last?.Time;

    /// <summary>Where it ends.</summary>
    public Lsn? LastCommitEnd => _last?.End;

    /// <summary>Why the log ends though more was received, in a sentence; null when nothing more was.</summary>
    public string? Problem { get; private set; }

    public static RecoveryWalk Take(RecoveryBase copy, RecoveryTarget target, CancellationToken cancellationToken)
    {
        var part = copy.Part;
        var result = new RecoveryWalk { IsBefore = target.Time < part.SnapshotTime || target.Lsn < part.EndLsn };
        if (result.IsBefore)
        {
            return result;
        }

        // Replay begins where the copy does; a moment can be none before the copy is whole.
        var walk = new WalWalk(copy.Log, copy.History, part.StartLsn);
        foreach (var passed in walk.Events(cancellationToken))
        {
            if (passed is { Kind: WalEventKind.Tablespace, Text.Length: > 0 })
            {
                result._tablespaces.Add(passed);
            }

            if (passed.Start >= part.EndLsn)
            {
                result.Pass(passed, target);
            }
        }

        result.Finish(walk.End!, part, target);
        return result;
    }

    /// <summary>Replaying the creation of a tablespace writes to its folder, though the live server's own files may be there.</summary>
    /// <exception cref="LettaDrException">One is created before the moment.</exception>
    public void RequireNoTablespaces(RecoveryTarget target)
    {
        if (_tablespaces.FirstOrDefault(created => created.Start < Reached!.Stop) is { } created)
        {
            throw new LettaDrException(
                "TablespacesElsewhere", FaultKind.Incompatible,
                $"On the way to {target} the log creates at {created.Start} a tablespace outside of the data directory ({created.Text}), "
                + "which cannot be exchanged together with it.",
                $"Nothing was replaced. -Lsn {created.Start} recovers what lies before; a later moment takes a base backup of LettaDr "
                + "that was made after the tablespace, a logical set, or pgBackRest itself (about_LettaDrPgBackRest).",
                target.ToString());
        }
    }

    private void Pass(WalEvent passed, RecoveryTarget target)
    {
        if (passed.Kind == WalEventKind.Message && passed.Text?.StartsWith(Heartbeat, StringComparison.Ordinal) == true)
        {
            _heartbeats.Add(passed.TransactionId);
        }

        if (Reached is null && EndsAt(passed, target) is { } reached)
        {
            Reached = reached;
        }
        else if (Reached is not null && target.RestorePoint is not null && EndsAt(passed, target) is { } later)
        {
            // The newest of a name is meant.
            (Reached, CommitsAfter, LastCommitAfter) = (later, 0, null);
        }

        if (passed.Kind != WalEventKind.Commit)
        {
            return;
        }

        _last = passed;
        if (Reached is null)
        {
            _lastReached = passed;
        }
        else if (!_heartbeats.Remove(passed.TransactionId))
        {
            CommitsAfter++;
            LastCommitAfter = passed.Time;
        }
    }

    /// <summary>Whether replay is to end at a record; as PostgreSQL does, the first commit of a later time ends it.</summary>
    private RecoveryReach? EndsAt(WalEvent passed, RecoveryTarget target)
    {
        if (target.Time is { } time)
        {
            return passed.Kind == WalEventKind.Commit && passed.Time > time ? new RecoveryReach(passed.Start, false, _lastReached?.Time) : null;
        }

        if (target.Lsn is { } lsn)
        {
            // Only where something begins at the position or after it can replay see that it has come there.
            return passed.Start >= lsn ? new RecoveryReach(lsn, false, _lastReached?.Time) : null;
        }

        return target.RestorePoint is { } name && passed.Kind == WalEventKind.RestorePoint && passed.Text == name
            ? new RecoveryReach(passed.Start, true, _last?.Time)
            : null;
    }

    private void Finish(WalEnd end, ClusterPart part, RecoveryTarget target)
    {
        Problem = end.Reason == WalEndReason.EndOfArchive ? null : end.Detail;
        if (Reached is not null)
        {
            return;
        }

        var atEnd = target.IsLatest || target.Lsn is { } lsn && lsn <= end.Position || target.Time is { } time && time == _last?.Time;
        if (atEnd)
        {
            // After the last commit nothing can be seen any more; a position beyond it need not be the beginning of any record.
            Reached = _last is not null ? new RecoveryReach(_last.Start, true, _last.Time) : new RecoveryReach(part.SnapshotLsn, false, null);
        }
    }
}
