namespace LettaDr;

/// <summary>
/// Walks along the log of an archive from a position to where it ends, checking every page and record on its way; tells what it met
/// that matters to a recovery.
/// </summary>
internal sealed class WalWalk(IWalArchive archive, TimelineHistory history, Lsn start)
{
    /// <summary>How the walk ended; null before it has.</summary>
    public WalEnd? End { get; private set; }

    /// <summary>Bytes of log walked along so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>Records walked along so far.</summary>
    public long Records { get; private set; }

    /// <summary>Walks to the end for the sake of <see cref="End"/>.</summary>
    public WalEnd Finish(CancellationToken cancellationToken)
    {
        foreach (var passed in Events(cancellationToken))
        {
            _ = passed;
        }

        return End!;
    }

    /// <summary>The events, in the log's order. The position may lie within a record; reading begins with the next one.</summary>
    public IEnumerable<WalEvent> Events(CancellationToken cancellationToken)
    {
        using var pages = new WalPages(archive, new WalLine(archive.Files(), history));
        var records = new WalRecords(pages, start);
        WalEvent? lastCommit = null;
        while (Next(records, lastCommit) is var (found, goesOn) && goesOn)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (found is not null)
            {
                lastCommit = found.Kind == WalEventKind.Commit ? found : lastCommit;
                yield return found;
            }
        }
    }

    private (WalEvent? Found, bool GoesOn) Next(WalRecords records, WalEvent? lastCommit)
    {
        var position = records.End;
        try
        {
            records.Read();
            Records++;
            Bytes = records.End - start;
            return (WalRecordMeaning.Of(records.Record, records.Start, records.End), true);
        }
        catch (WalDamageException end)
        {
            End = new WalEnd(end.Reason, position, end.Segment, end.Message) { LastCommit = lastCommit?.End, LastCommitTime = lastCommit?.Time };
            return (null, false);
        }
    }
}
