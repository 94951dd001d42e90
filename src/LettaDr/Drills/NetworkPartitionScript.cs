using System.Diagnostics;

namespace LettaDr;

/// <summary>Database and cache are taken off the network in turn; the checks must fail meanwhile, and all must be well again after.</summary>
/// <param name="patience">How long it may take until all is well again.</param>
internal sealed class NetworkPartitionScript(TimeSpan patience) : DrTestScript
{
    private const string ServerReady = "ServerReady";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Objectives =>
    [
        "That members cannot reach each other is found, though each of them runs.",
        "When the network is whole again, the Letta server finds them by itself, and nothing that was committed is lost.",
        "It covers the network between containers of one machine; it leaves out networks between machines, and delays and losses short of a cut.",
    ];

    /// <inheritdoc/>
    public override string Breaks => "takes database and cache off their network for some seconds each; connections break, and requests fail meanwhile";

    /// <inheritdoc/>
    public override string WhyOnlyOnCopy => "Should this process die meanwhile, nobody would connect the networks again.";

    /// <inheritdoc/>
    public override async Task RunAsync(IDrTestSite site, DrTestRecorder recorder, CancellationToken cancellationToken)
    {
        var copy = (IDrTestCopy)site;
        DatabaseInventory? before = null;
        await recorder.StepAsync("See that all is well", async () =>
        {
            var well = await DrTestVerification.WaitUntilHealthyAsync(site, patience, cancellationToken).ConfigureAwait(false);
            before = await copy.FingerprintAsync(copy.Expected, cancellationToken).ConfigureAwait(false);
            return well;
        }).ConfigureAwait(false);
        foreach (var component in site.Components.Where(component => component != RecoveryComponent.Server))
        {
            await CutAsync(copy, recorder, component, cancellationToken).ConfigureAwait(false);
        }

        await recorder.StepAsync(
            "See that nothing was lost", () => DrTestVerification.RequireIdenticalAsync(copy, before!, cancellationToken)).ConfigureAwait(false);
    }

    private async Task CutAsync(IDrTestCopy site, DrTestRecorder recorder, RecoveryComponent component, CancellationToken cancellationToken)
    {
        await recorder.StepAsync($"Cut {component} off", async () =>
        {
            await site.CutOffAsync(component, cancellationToken).ConfigureAwait(false);
            // The server runs and its health page is content: that it has lost its database only a real query tells.
            var found = await DrTestVerification.FirstFailedAsync(
                site, cancellationToken, component == RecoveryComponent.Database && site.Components.Contains(RecoveryComponent.Server) ? ServerReady : null).ConfigureAwait(false);
            recorder.Plant($"{component} runs, and cannot be reached.", found is not null);
            return found is null ? "Every check passes: it was not found." : $"It was found: {found.Name}: {found.Evidence}";
        }).ConfigureAwait(false);
        var clock = Stopwatch.StartNew();
        await recorder.StepAsync($"Let {component} back", async () =>
        {
            await site.RejoinAsync(component, cancellationToken).ConfigureAwait(false);
            return await DrTestVerification.WaitUntilHealthyAsync(site, patience, cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
        recorder.Measure(component, RecoveryObjectiveKind.RTO, clock.Elapsed);
    }
}
