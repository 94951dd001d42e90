using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>What came of a job, by what its command wrote.</summary>
internal static class JobOutcome
{
    /// <summary>Runs the command and judges it: any error is a failure, and so is a check or a drill that failed.</summary>
    public static JobResult Of(DrJob job, PowerShell shell)
    {
        var startedAt = DateTimeOffset.UtcNow;
        var output = new List<object?>();
        var failures = new List<string>();
        try
        {
            output.AddRange(shell.Invoke().Select(value => value?.BaseObject));
        }
        catch (Exception ended) when (ended is RuntimeException and not PipelineStoppedException)
        {
            failures.Add(Text(((RuntimeException)ended).ErrorRecord));
        }
        catch (PipelineStoppedException)
        {
            throw new OperationCanceledException();
        }

        failures.AddRange(shell.Streams.Error.Select(Text));
        var checks = output.OfType<CheckResult>().ToList();

        // A set need not hold all that can be proven; readiness, on the other hand, is all or nothing.
        var open = checks.Where(check => check.Outcome == Outcome.Failed || (job == DrJob.Readiness && check.Outcome == Outcome.NotRun)).ToList();
        failures.AddRange(open.Select(check => $"{check.Name}: {check.Evidence}"));
        failures.AddRange(output.OfType<DrTestResult>().Where(test => test.Outcome != Outcome.Passed).Select(test => $"{test}."));
        if (failures.Count == 0 && !IsProven(job, output, startedAt))
        {
            failures.Add("It ended without an error, and without anything that shows what it did.");
            failures.AddRange(checks.Where(check => check.Outcome == Outcome.NotRun).Select(check => $"{check.Name} was not run: {check.Evidence}"));
        }

        return new JobResult(failures, open);
    }

    private static bool IsProven(DrJob job, List<object?> output, DateTimeOffset startedAt) => job switch
    {
        DrJob.Backup => output.OfType<Backup>().Any(),
        DrJob.Retention => true,
        DrJob.Validation => output.OfType<Backup>().Any(set => set.LastProof is { Outcome: Outcome.Passed } proof && proof.TestedAt >= startedAt),
        DrJob.Readiness => output.OfType<CheckResult>().Any(check => check.Outcome == Outcome.Passed),
        _ => output.OfType<DrTestResult>().Any(),
    };

    private static string Text(ErrorRecord error) => error.ErrorDetails?.Message is { Length: > 0 } details ? details : error.Exception.Message;
}
