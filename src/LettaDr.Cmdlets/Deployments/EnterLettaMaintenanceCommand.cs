using System.Management.Automation;

namespace LettaDr.Cmdlets;

/// <summary>Stops a deployment's Letta server, refuses new connections to its database, and tells who is still connected.</summary>
[Cmdlet(VerbsCommon.Enter, "LettaMaintenance", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MaintenanceState))]
public sealed class EnterLettaMaintenanceCommand : MaintenanceCmdlet
{
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

    private protected override async Task<MaintenanceState?> ChangeAsync(
        LettaDeployment deployment, MaintenanceMode mode, string operationId, CancellationToken cancellationToken)
    {
        var request = new MaintenanceRequest { Reason = Reason, AllowConnections = AllowConnections, DisconnectSessions = DisconnectSessions };
        var plan = await mode.InspectAsync(cancellationToken).ConfigureAwait(false);
        var description = MaintenanceDescription.Enter(deployment, request, plan);
        return await ShouldProcessAsync(
            description, $"{description}. Nobody can use {deployment.Name} until Exit-LettaMaintenance. Enter maintenance?", "Enter maintenance",
            cancellationToken).ConfigureAwait(false)
            ? await mode.EnterAsync(request, operationId, cancellationToken).ConfigureAwait(false)
            : null;
    }
}
