namespace LettaDr;

/// <summary>What a failover lost of what had been acknowledged.</summary>
/// <param name="Lost">The rows, in the order in which they were written.</param>
/// <param name="IsSuffix">Whether they are the last ones: a standby that lags loses the end, never the middle.</param>
/// <param name="Time">From the last row that is there to the last that was acknowledged; zero where nothing is lost.</param>
internal sealed record FailoverLoss(IReadOnlyList<int> Lost, bool IsSuffix, TimeSpan Time)
{
    /// <param name="acknowledged">What the writer was told is committed, in its order, and when.</param>
    /// <param name="found">What the new primary has.</param>
    public static FailoverLoss Of(IReadOnlyList<(int Number, DateTimeOffset At)> acknowledged, IReadOnlyCollection<int> found)
    {
        var there = found.ToHashSet();
        var lost = acknowledged.Where(row => !there.Contains(row.Number)).ToList();
        var kept = acknowledged.Count - lost.Count;
        var isSuffix = acknowledged.Skip(kept).SequenceEqual(lost);
        var last = acknowledged.LastOrDefault(row => there.Contains(row.Number));
        var time = lost.Count == 0 ? TimeSpan.Zero : acknowledged[^1].At - (kept == 0 ? acknowledged[0].At : last.At);
        return new FailoverLoss([.. lost.Select(row => row.Number)], isSuffix, time);
    }
}
