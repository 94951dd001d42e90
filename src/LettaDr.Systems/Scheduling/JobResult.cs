namespace LettaDr.Systems;

/// <summary>What came of a job.</summary>
/// <param name="Failures">What went wrong, in sentences; none when it ended as it should.</param>
/// <param name="Checks">The checks that did not pass.</param>
internal sealed record JobResult(IReadOnlyList<string> Failures, IReadOnlyList<CheckResult> Checks);
