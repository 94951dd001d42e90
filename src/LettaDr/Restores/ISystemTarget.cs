namespace LettaDr;

/// <summary>The machine that a system is restored to.</summary>
internal interface ISystemTarget
{
    /// <summary>
    /// Takes one step. Each can be taken again after it was interrupted anywhere, and comes to the same end.
    /// </summary>
    /// <returns>What was done or seen, in a sentence; null when there is nothing to tell.</returns>
    /// <exception cref="LettaDrException">The step failed; what it was about is as it was before, or the next run mends it.</exception>
    Task<string?> RunAsync(RestoreStepKind step, SystemRestoreRun run, CancellationToken cancellationToken);
}
