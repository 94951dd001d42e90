using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Gives this moment a name that Restore-LettaDatabase -RestorePoint takes the cluster back to.</summary>
[Cmdlet(VerbsCommon.Add, "LettaRestorePoint", SupportsShouldProcess = true)]
[OutputType(typeof(RestorePoint))]
public sealed class AddLettaRestorePointCommand : OperationCmdlet
{
    /// <summary>The deployments: objects of Get-LettaDeployment, compose files, URIs, Compose projects.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public DeploymentReference[] Deployment { get; set; } = [];

    /// <summary>The name, at most 63 bytes; use each once.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = string.Empty;

    /// <summary>Role and password to connect with, instead of those found.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachDeploymentAsync(Deployment, async reference =>
    {
        var deployment = await ResolveAsync(reference, Credential, cancellationToken).ConfigureAwait(false);
        RestorePoints.Check(Name);
        if (await ShouldProcessAsync(deployment.Database.ToString(), $"Add the restore point '{Name}'", cancellationToken).ConfigureAwait(false))
        {
            WriteObject(await RestorePoints.AddAsync(deployment, Name, cancellationToken).ConfigureAwait(false));
        }
    }, cancellationToken);
}
