namespace LettaDr.Systems;

/// <summary>A copy as what a system is restored to: each step finds it at the addresses that it has by then.</summary>
internal sealed class DrTestRestoreTarget(ISystemTarget inner, DrTestMembers members, SandboxReadiness readiness) : ISystemTarget
{
    public async Task<string?> RunAsync(RestoreStepKind step, SystemRestoreRun run, CancellationToken cancellationToken)
    {
        var current = new SystemRestoreRun(
            run.Plan with { Target = await members.CurrentAsync(cancellationToken).ConfigureAwait(false) }, run.OperationId, run.Observer)
        {
            Database = run.Database, ClearedKeys = run.ClearedKeys, Agents = run.Agents,
        };
        var detail = await inner.RunAsync(step, current, cancellationToken).ConfigureAwait(false);
        (run.Database, run.ClearedKeys, run.Agents) = (current.Database, current.ClearedKeys, current.Agents);
        run.Checks.AddRange(current.Checks);
        if (step == RestoreStepKind.StartServer)
        {
            // Compose waits by health checks; here nobody else does.
            var server = (await members.CurrentAsync(cancellationToken).ConfigureAwait(false)).Server!;
            await readiness.HttpAsync(server.Container!.Id!, new Uri(server.BaseAddress, "v1/agents/?limit=1"), cancellationToken).ConfigureAwait(false);
        }

        return detail;
    }
}
