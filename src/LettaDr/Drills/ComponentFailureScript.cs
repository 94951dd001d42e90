using System.Diagnostics;

namespace LettaDr;

/// <summary>Each component is killed in turn, found missing, and comes back; then one stays down, which must be told.</summary>
/// <param name="patience">How long a component may take to come back.</param>
internal sealed class ComponentFailureScript(TimeSpan patience) : DrTestScript
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Objectives =>
    [
        "The death of the database, the cache or the Letta server is found by the checks of Test-LettaDeployment.",
        "Each comes back within its objective, and everything that was committed is there.",
        "A component that stays down is never told as well.",
        "It covers a process that dies (kill -9); it leaves out lost volumes, which FullRestore covers.",
    ];

    /// <inheritdoc/>
    public override string Breaks => "kills database, cache and Letta server one after the other (kill -9); what is not committed is lost, and requests fail meanwhile";

    /// <inheritdoc/>
    public override async Task RunAsync(IDrTestSite site, DrTestRecorder recorder, CancellationToken cancellationToken)
    {
        // Nobody else writes to a copy: what it holds can be compared row by row.
        var copy = site as IDrTestCopy;
        DatabaseInventory? before = null;
        IReadOnlyDictionary<string, string> inconsistent = new Dictionary<string, string>();
        await recorder.StepAsync("See that all is well", async () =>
        {
            var well = await DrTestVerification.WaitUntilHealthyAsync(site, patience, cancellationToken).ConfigureAwait(false);
            inconsistent = await DrTestVerification.InconsistenciesAsync(site, cancellationToken).ConfigureAwait(false);
            before = copy is null ? null : await copy.FingerprintAsync(copy.Expected, cancellationToken).ConfigureAwait(false);
            return well;
        }).ConfigureAwait(false);
        foreach (var (check, evidence) in inconsistent)
        {
            recorder.Issue($"{check} failed before anything was done: {evidence}", null);
            recorder.Recommend("Test-LettaConsistency tells what to do about what was inconsistent before the test.");
        }

        foreach (var component in site.Components)
        {
            await FailAsync(site, recorder, component, cancellationToken).ConfigureAwait(false);
        }

        await recorder.StepAsync("See that nothing was lost", async () =>
        {
            var consistent = await DrTestVerification.RequireNothingNewAsync(site, inconsistent, cancellationToken).ConfigureAwait(false);
            return copy is null ? consistent : $"{consistent} {await DrTestVerification.RequireIdenticalAsync(copy, before!, cancellationToken).ConfigureAwait(false)}";
        }).ConfigureAwait(false);
        await PlantAsync(site, recorder, cancellationToken).ConfigureAwait(false);
    }

    private async Task FailAsync(IDrTestSite site, DrTestRecorder recorder, RecoveryComponent component, CancellationToken cancellationToken)
    {
        await recorder.StepAsync($"Kill {component}", async () =>
        {
            await site.KillAsync(component, cancellationToken).ConfigureAwait(false);
            return await DrTestVerification.FirstFailedAsync(site, cancellationToken).ConfigureAwait(false) is { } found
                ? $"It was found: {found.Name}: {found.Evidence}"
                : throw DrTestVerification.Failed($"{component} was killed, and every check passes.", "Do not rely on Test-LettaDeployment until it finds this.");
        }).ConfigureAwait(false);
        var clock = Stopwatch.StartNew();
        await recorder.StepAsync($"Bring {component} back", async () =>
        {
            await site.StartAsync(component, cancellationToken).ConfigureAwait(false);
            return await DrTestVerification.WaitUntilHealthyAsync(site, patience, cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
        recorder.Measure(component, RecoveryObjectiveKind.RTO, clock.Elapsed);
    }

    /// <summary>The last one in the order of dependence: nothing else is down with it, so that only a check of its own can tell.</summary>
    private Task PlantAsync(IDrTestSite site, DrTestRecorder recorder, CancellationToken cancellationToken) =>
        recorder.StepAsync("Leave one down and look again", async () =>
        {
            var component = site.Components[^1];
            await site.KillAsync(component, cancellationToken).ConfigureAwait(false);
            CheckResult? found;
            try
            {
                found = await DrTestVerification.FirstFailedAsync(site, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                await site.StartAsync(component, CancellationToken.None).ConfigureAwait(false);
            }

            recorder.Plant($"{component} stays down.", found is not null);
            await DrTestVerification.WaitUntilHealthyAsync(site, patience, cancellationToken).ConfigureAwait(false);
            return found is null ? "Nothing was found." : $"It was found: {found.Name}. It was started again.";
        });
}
