using System.Diagnostics;

namespace LettaDr;

/// <summary>The primary is killed under a writer, the standby promoted, the server led to it, and the former primary follows.</summary>
/// <param name="patience">How long the server may take until all is well again.</param>
internal sealed class DatabaseFailoverScript(TimeSpan patience) : DrTestScript
{
    private const int RowsBefore = 50;
    private const int RowsAfter = 5;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Objectives =>
    [
        "A standby by streaming replication takes over when the primary dies: promoted, writable, and the Letta server led to it.",
        "Rows that were acknowledged and are not on the new primary are told one by one; the data that is there is the primary's.",
        "The former primary never takes writes beside the new one, and follows it again (failback).",
        "It covers one standby on the same machine, asynchronous; it leaves out automatic failover, DNS, and distances between data centres.",
    ];

    /// <inheritdoc/>
    public override string Breaks => "kills the primary (kill -9) and promotes a standby";

    /// <inheritdoc/>
    public override string WhyOnlyOnCopy => "It makes a standby and promotes it, which would leave a second primary behind.";

    /// <inheritdoc/>
    public override async Task RunAsync(IDrTestSite site, DrTestRecorder recorder, CancellationToken cancellationToken)
    {
        var copy = (IDrTestCopy)site;
        IFailoverSite? pair = null;
        try
        {
            await recorder.StepAsync("Make a standby", async () =>
            {
                pair = await copy.MakeStandbyAsync(cancellationToken).ConfigureAwait(false);
                var state = await pair.StandbyAsync(cancellationToken).ConfigureAwait(false);
                return $"It streams on timeline {state.Timeline} and has replayed up to {state.Replayed}.";
            }).ConfigureAwait(false);
            await FailOverAsync(copy, pair!, recorder, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (pair is not null)
            {
                await pair.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task FailOverAsync(IDrTestCopy copy, IFailoverSite pair, DrTestRecorder recorder, CancellationToken cancellationToken)
    {
        var acknowledged = new List<(int Number, DateTimeOffset At)>();
        await recorder.StepAsync("Write, and kill the primary", async () =>
        {
            await WriteAsync(pair, acknowledged, RowsBefore, cancellationToken).ConfigureAwait(false);
            recorder.Plant(
                "Promotion is asked for while the primary still takes writes.", await pair.FormerAcceptsWritesAsync(cancellationToken).ConfigureAwait(false));
            await pair.KillPrimaryAsync(cancellationToken).ConfigureAwait(false);
            return $"{acknowledged.Count} rows were acknowledged, the last at {acknowledged[^1].At:HH:mm:ss.fff}; then it was killed (kill -9).";
        }).ConfigureAwait(false);

        var clock = Stopwatch.StartNew();
        var formerTimeline = (await pair.StandbyAsync(cancellationToken).ConfigureAwait(false)).Timeline;
        await recorder.StepAsync("Promote the standby", async () =>
        {
            // Nobody may promote without knowing that the old primary is down: two that take writes cannot be made one again.
            await RequireFencedAsync(pair, cancellationToken).ConfigureAwait(false);
            var timeline = await pair.PromoteAsync(cancellationToken).ConfigureAwait(false);
            return timeline > formerTimeline
                ? $"It takes writes, on timeline {timeline}."
                : throw DrTestVerification.Failed($"The promoted standby is on timeline {timeline}, as before.", "A promotion begins a new timeline; see the standby's log.");
        }).ConfigureAwait(false);
        recorder.Measure(RecoveryComponent.Database, RecoveryObjectiveKind.RTO, clock.Elapsed);
        await recorder.StepAsync("Lead the Letta server to it", async () =>
        {
            await pair.RepointAsync(cancellationToken).ConfigureAwait(false);
            return await DrTestVerification.WaitUntilHealthyAsync(copy, patience, cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
        recorder.Measure(RecoveryComponent.System, RecoveryObjectiveKind.RTO, clock.Elapsed);
        await CompareAsync(copy, pair, recorder, acknowledged, cancellationToken).ConfigureAwait(false);
        await FailBackAsync(pair, recorder, acknowledged, cancellationToken).ConfigureAwait(false);
    }

    private static Task CompareAsync(
        IDrTestCopy copy, IFailoverSite pair, DrTestRecorder recorder, List<(int Number, DateTimeOffset At)> acknowledged, CancellationToken cancellationToken) =>
        recorder.StepAsync("Compare the data", async () =>
        {
            var loss = FailoverLoss.Of(acknowledged, await pair.ReadAsync(cancellationToken).ConfigureAwait(false));
            recorder.Measure(RecoveryComponent.Database, RecoveryObjectiveKind.RPO, loss.Time);
            if (loss.Lost.Count > 0)
            {
                recorder.Issue($"{loss.Lost.Count} acknowledged rows are lost: {string.Join(", ", loss.Lost.Take(10))}.", "They were the last before the kill; asynchronous replication does not wait for the standby.");
                recorder.Recommend("Where no acknowledged row may be lost, replicate synchronously (synchronous_standby_names).");
            }

            if (!loss.IsSuffix)
            {
                throw DrTestVerification.Failed("Rows are missing in the middle of what was written: that is no lag, but damage.", "Do not fail over to this standby; make it anew.");
            }

            // The copy's own tables were not written to: they must be on the standby as they are in the set.
            var same = await DrTestVerification.RequireIdenticalAsync(copy, copy.Expected, cancellationToken).ConfigureAwait(false);

            await pair.RemoveAsync(acknowledged[RowsBefore / 2].Number, cancellationToken).ConfigureAwait(false);
            var planted = FailoverLoss.Of(acknowledged, await pair.ReadAsync(cancellationToken).ConfigureAwait(false));
            recorder.Plant("One acknowledged row in the middle is removed from the new primary.", !planted.IsSuffix);
            return $"{acknowledged.Count - loss.Lost.Count} of {acknowledged.Count} acknowledged rows are there. {same}";
        });

    private static async Task FailBackAsync(
        IFailoverSite pair, DrTestRecorder recorder, List<(int Number, DateTimeOffset At)> acknowledged, CancellationToken cancellationToken)
    {
        var after = new List<(int Number, DateTimeOffset At)>();
        await recorder.StepAsync("Fail back: the former primary follows", async () =>
        {
            await WriteAsync(pair, after, RowsAfter, cancellationToken, acknowledged.Count).ConfigureAwait(false);
            var how = await pair.RejoinFormerAsync(cancellationToken).ConfigureAwait(false);
            await RequireFencedAsync(pair, cancellationToken).ConfigureAwait(false);
            return $"It follows the new primary ({how}), and takes no writes.";
        }).ConfigureAwait(false);
    }

    private static async Task RequireFencedAsync(IFailoverSite pair, CancellationToken cancellationToken)
    {
        if (await pair.FormerAcceptsWritesAsync(cancellationToken).ConfigureAwait(false))
        {
            throw DrTestVerification.Failed("The former primary takes writes beside the new one: split brain.", "Stop it, and see which of both has what.");
        }
    }

    private static async Task WriteAsync(
        IFailoverSite pair, List<(int Number, DateTimeOffset At)> acknowledged, int count, CancellationToken cancellationToken, int from = 0)
    {
        for (var number = from + 1; number <= from + count; number++)
        {
            await pair.WriteAsync(number, cancellationToken).ConfigureAwait(false);
            acknowledged.Add((number, DateTimeOffset.UtcNow));
        }
    }
}
