using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Opens the database of a deployment in maintenance, starts what was stopped, and waits until it answers a real query.</summary>
[Cmdlet(VerbsCommon.Exit, "LettaMaintenance", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MaintenanceState))]
public sealed class ExitLettaMaintenanceCommand : OperationCmdlet
{
    /// <summary>Deployments, or texts that name them: Compose file, folder, PostgreSQL URI, Compose project, container.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public DeploymentReference[] Deployment { get; set; } = [];

    /// <summary>How many seconds each of the server's containers is waited for.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSeconds { get; set; } = 300;

    /// <summary>Role and password to connect with, instead of those found.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachItemAsync(Deployment, async reference =>
    {
        var deployment = await ResolveAsync(reference, Credential, cancellationToken).ConfigureAwait(false);
        var operationId = OperationId.Next();
        using var server = await ServerContainers.OpenAsync(deployment, cancellationToken).ConfigureAwait(false);
        await using var door = new PostgresDoor(deployment.Database, operationId);
        var mode = new MaintenanceMode(deployment, server, door, MaintenanceFiles.Local, Observer, JournalDirectory.Local);
        var limit = TimeSpan.FromSeconds(TimeoutSeconds);
        var plan = await mode.InspectAsync(cancellationToken).ConfigureAwait(false);
        if (plan.Note is null)
        {
            WriteVerbose($"{deployment.Name} is in no maintenance that LettaDr knows of.");
        }
        else
        {
            var description = MaintenanceDescription.Exit(deployment, plan, limit);
            if (!await ShouldProcessAsync(description, $"{description}. Leave maintenance?", "Leave maintenance", cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }

        var state = await mode.ExitAsync(limit, operationId, cancellationToken).ConfigureAwait(false);
        WriteObject(state);
        foreach (var sentence in state.Remaining)
        {
            WriteWarning(sentence);
        }
    });
}
