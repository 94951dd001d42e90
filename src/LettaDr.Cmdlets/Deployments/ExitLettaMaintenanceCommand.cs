using System.Management.Automation;

namespace LettaDr.Cmdlets;

/// <summary>Opens the database of a deployment in maintenance, starts what was stopped, and waits until it answers a real query.</summary>
[Cmdlet(VerbsCommon.Exit, "LettaMaintenance", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MaintenanceState))]
public sealed class ExitLettaMaintenanceCommand : MaintenanceCmdlet
{
    /// <summary>How many seconds each of the server's containers is waited for.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSeconds { get; set; } = 300;

    private protected override async Task<MaintenanceState?> ChangeAsync(
        LettaDeployment deployment, MaintenanceMode mode, string operationId, CancellationToken cancellationToken)
    {
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
                return null;
            }
        }

        return await mode.ExitAsync(limit, operationId, cancellationToken).ConfigureAwait(false);
    }
}
