namespace LettaDr.Systems;

/// <summary>A recovery test that is settled and not begun.</summary>
internal sealed class DrTestRun
{
    private readonly DrTestSubject _subject;
    private readonly DrTestResult _begun;
    private readonly DrTestScript _script;
    private readonly Func<IOperationObserver, CancellationToken, Task<IDrTestSite>> _open;

    private DrTestRun(
        DrTestSubject subject, DrTestResult begun, DrTestScript script,
        Func<IOperationObserver, CancellationToken, Task<IDrTestSite>> open) =>
        (_subject, _begun, _script, _open) = (subject, begun, script, open);

    /// <summary>What it would do, line by line.</summary>
    public required string Description { get; init; }

    /// <summary>What is asked before it breaks something that somebody uses; null where it breaks a copy.</summary>
    public string? Question { get; private init; }

    /// <summary>A test on a throw-away copy.</summary>
    /// <exception cref="LettaDrException">There is no engine, or an image is missing.</exception>
    public static async Task<DrTestRun> OnCopyAsync(
        DrTestScenario scenario, DrTestSubject subject, LettaSeedSize size, int jobs, TimeSpan patience, CancellationToken cancellationToken)
    {
        var id = OperationId.Next();
        var script = DrTestScript.Of(scenario, patience);
        var planned = await DrTestCopyPlanner.PlanAsync(subject.Set, subject.Repository, subject.Deployment, id, cancellationToken).ConfigureAwait(false);
        var options = planned with { Jobs = jobs, Patience = patience, Sandbox = planned.Sandbox with { Size = size } };
        return new DrTestRun(
            subject, DrTest.Begin(id, scenario, subject.Name, options.Sandbox.Name, isSandbox: true, subject.Set?.Id, script), script,
            async (observer, token) => new DrTestCopy(await DockerEngine.ConnectAsync(token).ConfigureAwait(false), options, observer))
        {
            Description = DrTestDescription.OfCopy(scenario, script, options.Sandbox.Name, subject.Set),
        };
    }

    /// <summary>A test on the deployment itself.</summary>
    /// <exception cref="LettaDrException">It may not be run there, no deployment was given, or it would not come back.</exception>
    public static async Task<DrTestRun> OnDeploymentAsync(
        DrTestScenario scenario, DrTestSubject subject, TimeSpan patience, CancellationToken cancellationToken)
    {
        var script = DrTestScript.Of(scenario, patience);
        if (script.WhyOnlyOnCopy is { } why)
        {
            throw new LettaDrException(
                "ScenarioOnlyOnCopy", FaultKind.InvalidArgument, $"{scenario} is not run on a deployment itself. {why}", "Run it on a copy: leave out -OnDeployment.", scenario);
        }

        var deployment = subject.Deployment ?? throw new LettaDrException(
            "DeploymentNotGiven", FaultKind.InvalidArgument, "A test on a deployment itself was asked for, and none was named.",
            "Give -Deployment, or -Plan with a plan file; Get-LettaDeployment lists what there is.");
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var loss = await new DrTestKillCheck(engine, deployment).RunAsync(cancellationToken).ConfigureAwait(false);
        return new DrTestRun(
            subject, DrTest.Begin(OperationId.Next(), scenario, deployment.Name, deployment.Name, isSandbox: false, null, script), script,
            async (observer, token) => new DrTestDeploymentSite(
                await DockerEngine.ConnectAsync(token).ConfigureAwait(false), deployment, observer))
        {
            Description = DrTestDescription.OfDeployment(scenario, script, deployment.Name, loss),
            Question = DrTestDescription.Question(scenario, script, deployment.Name, loss),
        };
    }

    /// <summary>Runs it.</summary>
    public async Task<DrTestResult> RunAsync(IOperationObserver observer, CancellationToken cancellationToken)
    {
        var recorder = new DrTestRecorder(_begun with { StartedAt = DateTimeOffset.UtcNow }, _subject.Objectives, observer, _subject.Stores);
        return await new DrTest(_script, token => _open(observer, token)).RunAsync(recorder, cancellationToken).ConfigureAwait(false);
    }
}
