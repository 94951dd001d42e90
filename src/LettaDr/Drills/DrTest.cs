using System.Runtime.ExceptionServices;

namespace LettaDr;

/// <summary>Runs a recovery test from the making of its copy to its removal, and writes down what came of it, whichever way it ends.</summary>
/// <param name="script">What is done.</param>
/// <param name="open">Opens what it runs on, where nothing is made yet.</param>
internal sealed class DrTest(DrTestScript script, Func<CancellationToken, Task<IDrTestSite>> open)
{
    /// <summary>A result that has just begun. Its set belongs to it from the beginning, whether that can be restored or not.</summary>
    public static DrTestResult Begin(
        string id, DrTestScenario scenario, string deployment, string target, bool isSandbox, string? backupId, DrTestScript script) => new()
        {
            Id = id, Scenario = scenario, Deployment = deployment, Target = target, IsSandbox = isSandbox, BackupId = backupId,
            StartedAt = DateTimeOffset.UtcNow, Objectives = script.Objectives,
            Machine = Environment.MachineName, ProcessId = Environment.ProcessId,
        };

    /// <summary>Runs it. A test that fails is a result like any other; only what stops it is thrown on, when all is removed.</summary>
    public async Task<DrTestResult> RunAsync(DrTestRecorder recorder, CancellationToken cancellationToken)
    {
        IDrTestSite? site = null;
        Exception? stopped = null;
        var failed = false;
        try
        {
            site = await open(cancellationToken).ConfigureAwait(false);
            await site.PrepareAsync(script.NeedsWholeCopy, recorder, cancellationToken).ConfigureAwait(false);
            recorder.Configure(await site.DescribeAsync(cancellationToken).ConfigureAwait(false));
            await script.RunAsync(site, recorder, cancellationToken).ConfigureAwait(false);
        }
        catch (LettaDrException failure)
        {
            failed = true;
            recorder.Issue(failure.Message, null);
            recorder.Recommend(failure.Remedy);
        }
        catch (Exception failure)
        {
            failed = failure is not OperationCanceledException;
            stopped = failure;
            recorder.Issue(failed ? $"It broke off: {failure.Message}" : OperationRecorder.Stopped, null);
        }

        if (!recorder.Result.IsEvidence)
        {
            recorder.Recommend("Make it on a copy of the deployment: give -Deployment and -Repository. This one ran on made-up rows.");
        }

        failed |= !await CloseAsync(site, recorder).ConfigureAwait(false);
        var result = recorder.Complete(stopped is OperationCanceledException ? Outcome.NotRun : failed || recorder.Result.FaultCaught != true ? Outcome.Failed : Outcome.Passed);
        if (stopped is not null)
        {
            ExceptionDispatchInfo.Throw(stopped);
        }

        return result;
    }

    private static async Task<bool> CloseAsync(IDrTestSite? site, DrTestRecorder recorder)
    {
        if (site is null)
        {
            return true;
        }

        await using var closing = site.ConfigureAwait(false);
        try
        {
            var name = site is IDrTestCopy ? "Remove the copy" : "Leave the deployment";
            await recorder.StepAsync(name, site.LeaveAsync).ConfigureAwait(false);
            return true;
        }
        catch (Exception failure)
        {
            // Whatever it is: what came of the test until then is still to be written down, and what failed first to be thrown on.
            recorder.Issue(failure.Message, null);
            recorder.Recommend((failure as LettaDrException)?.Remedy ?? $"See what there is of {site.Name} in Docker.");
            recorder.Warn(failure.Message);
            return false;
        }
    }
}
