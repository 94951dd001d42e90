namespace LettaDr;

/// <summary>
/// Finds the position in the log that equals a snapshot: every transaction that the snapshot sees has its commit before it, and no
/// other has. There is none where transactions became visible in another order than they were logged in: a commit is written
/// first, then flushed, and only then seen. Asking the server for its position beside the snapshot cannot tell that; the log can.
/// </summary>
internal sealed class SnapshotPosition
{
    private readonly List<WalEvent> _commits = [];
    private Lsn _settled;

    /// <summary>Takes the next event of the log.</summary>
    public void Add(WalEvent passed)
    {
        if (passed.Kind == WalEventKind.Commit)
        {
            _commits.Add(passed);
        }
    }

    /// <summary>The first commit that the snapshot does not see: the log up to its start is the position; null where there is none.</summary>
    /// <param name="snapshot">The snapshot; later ones may follow.</param>
    public WalEvent? Find(TransactionSnapshot snapshot)
    {
        foreach (var commit in _commits.Where(commit => snapshot.IsSettled(commit.TransactionId)))
        {
            _settled = commit.End > _settled ? commit.End : _settled;
        }

        _commits.RemoveAll(commit => snapshot.IsSettled(commit.TransactionId));
        var seen = _commits.FindLast(commit => snapshot.Sees(commit.TransactionId))?.End ?? _settled;
        seen = seen > _settled ? seen : _settled;
        return _commits.Find(commit => !snapshot.Sees(commit.TransactionId)) is { } unseen && seen <= unseen.Start ? unseen : null;
    }
}
