using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Removes keys of Letta's from its Redis: those that contradict the database, or all; never those of others.</summary>
[Cmdlet(VerbsCommon.Clear, "LettaCache", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = "Stale")]
[OutputType(typeof(CacheClearing))]
public sealed class ClearLettaCacheCommand : OperationCmdlet
{
    /// <summary>Deployments, or texts that name them: Compose file, folder, PostgreSQL URI, Compose project, container.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public DeploymentReference[] Deployment { get; set; } = [];

    /// <summary>Removes only keys that contradict the database, and locks of dead workers. This is what happens without -All.</summary>
    [Parameter(ParameterSetName = "Stale")]
    public SwitchParameter Stale { get; set; }

    /// <summary>Removes all of Letta's keys, without asking the database.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "All")]
    public SwitchParameter All { get; set; }

    /// <summary>Only keys of these kinds.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public CacheKeyKind[] Kind { get; set; } = [];

    /// <summary>Role and password to connect to the database with, instead of those found.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachDeploymentAsync(Deployment, async reference =>
    {
        var deployment = await ResolveAsync(reference, Credential, cancellationToken).ConfigureAwait(false);
        await using var cleaner = await CacheCleaner.OpenAsync(deployment, Observer, cancellationToken).ConfigureAwait(false);
        var plan = await cleaner.PlanAsync(All, Kind, OperationId.Next(), cancellationToken).ConfigureAwait(false);
        if (plan.Count == 0)
        {
            WriteVerbose($"Redis at {deployment.Cache} has nothing to be removed.");
        }
        else
        {
            var description = plan.Describe(deployment.Cache!);
            var loss = All ? "What streams held cannot be read again, and locks no longer protect a Letta that runs." : "They contradict the database.";
            if (!await ShouldProcessAsync(description, $"{description}. {loss} Remove them?", "Clear Letta's cache", cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }

        WriteObject(await cleaner.RemoveAsync(plan, cancellationToken).ConfigureAwait(false));
    }, cancellationToken);
}
