using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Begins to receive the log of a deployment's PostgreSQL into a repository, beside it and without a change to its configuration.</summary>
[Cmdlet(VerbsLifecycle.Start, "LettaWalArchive", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(WalArchive))]
public sealed class StartLettaWalArchiveCommand : OperationCmdlet
{
    /// <summary>The deployments.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public DeploymentReference[] Deployment { get; set; } = [];

    /// <summary>The directory that the log goes to.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNull]
    public RepositoryReference? Repository { get; set; }

    /// <summary>Time between two heartbeats, in whole seconds: an idle server's recoverable moment is no older.</summary>
    [Parameter]
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Name of the replication slot by which the server keeps what was not received yet.</summary>
    [Parameter]
    [ValidatePattern("^[a-z0-9_]{1,63}$")]
    public string SlotName { get; set; } = "lettadr";

    /// <summary>
    /// Bytes of log that the server may keep for the slot: half of it is warned of, and beyond it the receiver gives the slot up.
    /// Else there is no limit.
    /// </summary>
    [Parameter]
    public long? MaximumSlotSize { get; set; }

    /// <summary>Role and password to receive with, instead of those found; the role needs the REPLICATION attribute.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachDeploymentAsync(Deployment, async reference =>
    {
        if (HeartbeatInterval < TimeSpan.FromSeconds(1) || HeartbeatInterval > TimeSpan.FromHours(1))
        {
            throw new LettaDrException(
                "HeartbeatIntervalInvalid", FaultKind.InvalidArgument, $"A heartbeat each {HeartbeatInterval} cannot be meant.",
                "Give -HeartbeatInterval between one second and one hour.", HeartbeatInterval);
        }

        var repository = await OpenOrPlannedAsync(Repository, cancellationToken).ConfigureAwait(false);
        var deployment = await ResolveAsync(reference, Credential, cancellationToken).ConfigureAwait(false);
        using var docker = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var archiving = new WalArchiving(docker, repository, Observer);
        var request = new WalArchiveRequest
        {
            Deployment = deployment, HeartbeatInterval = HeartbeatInterval, Slot = SlotName, MaximumSlotSize = MaximumSlotSize,
        };
        var plan = await archiving.PlanAsync(request, cancellationToken).ConfigureAwait(false);
        if (await ShouldProcessAsync(plan.Describe() + ".", plan.Describe() + ". Go on?", "Archive a server's log", cancellationToken).ConfigureAwait(false))
        {
            await repository.PrepareAsync(cancellationToken).ConfigureAwait(false);
            WriteObject(await archiving.StartAsync(plan, cancellationToken).ConfigureAwait(false));
        }
    }, cancellationToken);
}
