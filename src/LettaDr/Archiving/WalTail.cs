namespace LettaDr;

/// <summary>The end of an archive's log, read as far as it takes to find its newest commit, and over one segment boundary at least.</summary>
internal static class WalTail
{
    /// <summary>Reads it.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="history">The timeline whose end it is.</param>
    /// <param name="from">The position that the log must lead on from without a gap; null for the end of the last gap.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The chain of files, and how its log ends; null when there is no file.</returns>
    public static (WalChain Chain, WalEnd? End) Read(IWalArchive archive, TimelineHistory history, Lsn? from, CancellationToken cancellationToken)
    {
        var files = archive.Files();
        var chain = WalChain.From(files, history, from ?? AfterLastGap(new WalLine(files, history)));
        WalEnd? end = null;
        for (var (count, done) = (2, false); !done && chain.Files.Count > 0; count *= 4)
        {
            var first = chain.Files[Math.Max(0, chain.Files.Count - count)].Segment.Start;
            end = new WalWalk(archive, history, first < chain.Start ? chain.Start : first).Finish(cancellationToken);
            done = end.LastCommit is not null || count >= chain.Files.Count;
        }

        return (chain, end);
    }

    private static Lsn AfterLastGap(WalLine line)
    {
        var files = line.Files;
        var first = files.Count - 1;
        while (first > 0 && files[first - 1].Segment.Number + 1 == files[first].Segment.Number && !files[first - 1].IsPartial)
        {
            first--;
        }

        return first < 0 ? default : files[first].Segment.Start;
    }
}
