namespace LettaDr;

/// <summary>What a recovery test does, step by step.</summary>
internal abstract class DrTestScript
{
    /// <summary>What it is to show, and what it covers and leaves out.</summary>
    public abstract IReadOnlyList<string> Objectives { get; }

    /// <summary>What it breaks, in a sentence, for whoever has to agree to it.</summary>
    public abstract string Breaks { get; }

    /// <summary>Why it cannot be run on a deployment itself; null where it can.</summary>
    public virtual string? WhyOnlyOnCopy => null;

    /// <summary>Whether the copy is made whole first; else the script itself restores it.</summary>
    public virtual bool NeedsWholeCopy => true;

    /// <summary>Runs it on a site; the copy, where it can run on nothing else.</summary>
    public abstract Task RunAsync(IDrTestSite site, DrTestRecorder recorder, CancellationToken cancellationToken);

    /// <summary>The script of a scenario.</summary>
    /// <param name="scenario">Which.</param>
    /// <param name="patience">How long a component may take to come back.</param>
    public static DrTestScript Of(DrTestScenario scenario, TimeSpan patience) => scenario switch
    {
        DrTestScenario.FullRestore => new FullRestoreScript(),
        DrTestScenario.DatabaseFailover => new DatabaseFailoverScript(patience),
        DrTestScenario.ComponentFailure => new ComponentFailureScript(patience),
        DrTestScenario.NetworkPartition => new NetworkPartitionScript(patience),
        DrTestScenario.DataCorruption => new DataCorruptionScript(),
        _ => throw new ArgumentOutOfRangeException(nameof(scenario)),
    };
}
