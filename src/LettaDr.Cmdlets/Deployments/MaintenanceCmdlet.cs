using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>What entering and leaving maintenance share: of what, and telling what remains to be done.</summary>
public abstract class MaintenanceCmdlet : OperationCmdlet
{
    /// <summary>Deployments, or texts that name them: Compose file, folder, PostgreSQL URI, Compose project, container.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public DeploymentReference[] Deployment { get; set; } = [];

    /// <summary>Role and password to connect with, instead of those found.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>Enters or leaves; null when the user does not want it.</summary>
    private protected abstract Task<MaintenanceState?> ChangeAsync(
        LettaDeployment deployment, MaintenanceMode mode, string operationId, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected sealed override Task ProcessAsync(CancellationToken cancellationToken) => ForEachDeploymentAsync(Deployment, async reference =>
    {
        var deployment = await ResolveAsync(reference, Credential, cancellationToken).ConfigureAwait(false);
        var operationId = OperationId.Next();
        using var server = await ServerContainers.OpenAsync(deployment, cancellationToken).ConfigureAwait(false);
        await using var door = new PostgresDoor(deployment.Database, operationId);
        var mode = new MaintenanceMode(deployment, server, door, MaintenanceFiles.Local, Observer, JournalDirectory.Local);
        if (await ChangeAsync(deployment, mode, operationId, cancellationToken).ConfigureAwait(false) is { } state)
        {
            WriteObject(state);
            foreach (var sentence in state.Remaining)
            {
                WriteWarning(sentence);
            }
        }
    }, cancellationToken);
}
