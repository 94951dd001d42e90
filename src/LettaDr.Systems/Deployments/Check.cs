using System.Diagnostics;

namespace LettaDr.Systems;

/// <summary>How one check ended, before it has a name and a time.</summary>
/// <param name="Outcome">Passed, Failed or NotRun.</param>
/// <param name="Evidence">What was seen.</param>
/// <param name="Remedy">What to do about it; null when it passed.</param>
internal sealed record Check(Outcome Outcome, string Evidence, string? Remedy)
{
    public static Check Passed(string evidence) => new(Outcome.Passed, evidence, null);

    public static Check Failed(string evidence, string remedy) => new(Outcome.Failed, evidence, remedy);

    /// <summary>Whether it was not run because what it is about does not exist.</summary>
    public bool IsOfNothing { get; init; }

    /// <summary>What it is about does not exist, and need not.</summary>
    public static Check OfNothing(string evidence, string remedy) => NotRun(evidence, remedy) with { IsOfNothing = true };

    public static Check NotRun(string evidence, string remedy) => new(Outcome.NotRun, evidence, remedy);

    /// <summary>Makes a check and turns what it throws into a failure with evidence.</summary>
    public static async Task<CheckResult> RunAsync(
        string name, string target, Func<Task<Check>> check, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        Check ended;
        try
        {
            ended = await check().ConfigureAwait(false);
        }
        catch (LettaDrException fault)
        {
            ended = Failed(fault.Message, fault.Remedy);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && exception is not OutOfMemoryException)
        {
            ended = Failed(exception.Message, "See the server's log for the cause.");
        }

        return new CheckResult
        {
            Name = name,
            Target = target,
            Outcome = ended.Outcome,
            Evidence = SecretRedaction.Apply(ended.Evidence),
            Remedy = ended.Remedy,
            IsOfNothing = ended.IsOfNothing,
            Duration = clock.Elapsed,
        };
    }
}
