using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Stops a deployment's Letta server, refuses new connections to its database, and tells who is still connected.</summary>
[Cmdlet(VerbsCommon.Enter, "LettaMaintenance", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MaintenanceState))]
public sealed class EnterLettaMaintenanceCommand : OperationCmdlet
{
    /// <summary>Deployments, or texts that name them: Compose file, folder, PostgreSQL URI, Compose project, container.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public DeploymentReference[] Deployment { get; set; } = [];

    /// <summary>Why; kept until maintenance is left.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Reason { get; set; }

    /// <summary>Ends the sessions that are connected to the database; without it they are told and left.</summary>
    [Parameter]
    public SwitchParameter DisconnectSessions { get; set; }

    /// <summary>Leaves the database open, or opens it again, while the server stays stopped: for backups and other tools.</summary>
    [Parameter]
    public SwitchParameter AllowConnections { get; set; }

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
        var request = new MaintenanceRequest { Reason = Reason, AllowConnections = AllowConnections, DisconnectSessions = DisconnectSessions };
        var plan = await mode.InspectAsync(cancellationToken).ConfigureAwait(false);
        var description = MaintenanceDescription.Enter(deployment, request, plan);
        if (!await ShouldProcessAsync(
            description, $"{description}. Nobody can use {deployment.Name} until Exit-LettaMaintenance. Enter maintenance?", "Enter maintenance",
            cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        var state = await mode.EnterAsync(request, operationId, cancellationToken).ConfigureAwait(false);
        WriteObject(state);
        foreach (var sentence in state.Remaining)
        {
            WriteWarning(sentence);
        }
    });
}
