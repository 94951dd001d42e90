using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Backs up a deployment's database into a set that carries its own proof.</summary>
[Cmdlet(VerbsData.Backup, "LettaDatabase", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(Backup))]
public sealed class BackupLettaDatabaseCommand : OperationCmdlet
{
    /// <summary>The deployments: objects of Get-LettaDeployment, compose files, URIs, Compose projects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public DeploymentReference[] Deployment { get; set; } = [];

    /// <summary>The directory that keeps the sets; it is made if only itself is missing.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public RepositoryReference Repository { get; set; } = null!;

    /// <summary>A name of your own for the set.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Label { get; set; }

    /// <summary>Leaves all rows to pg_dump: slower and larger, but one file that any pg_restore reads.</summary>
    [Parameter]
    public SwitchParameter Portable { get; set; }

    /// <summary>Connections that read at once.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int Jobs { get; set; } = 2;

    /// <summary>zstd's level: 1 is fastest, 19 smallest.</summary>
    [Parameter]
    [ValidateRange(1, 19)]
    public int CompressionLevel { get; set; } = 1;

    /// <summary>Role and password to connect with, instead of those found.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>Takes a cluster other than that of the newest set for this deployment's own from now on.</summary>
    [Parameter]
    public SwitchParameter AllowOtherCluster { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachItemAsync(Deployment, async reference =>
    {
        var repository = await OpenAsync(Repository, cancellationToken).ConfigureAwait(false);
        var deployment = await ResolveAsync(reference, Credential, cancellationToken).ConfigureAwait(false);
        var request = new BackupRequest
        {
            Deployment = deployment, Label = Label, Jobs = Jobs, CompressionLevel = CompressionLevel, Portable = Portable,
            AllowOtherCluster = AllowOtherCluster,
        };
        var plan = BackupDescription.Plan(request, repository.Location);
        if (!await ShouldProcessAsync(plan, plan, "Back up a Letta database", cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        using var database = await DeploymentDatabase.OpenAsync(deployment, OperationId.Next(), cancellationToken).ConfigureAwait(false);
        var making = new BackupMaking(repository, Observer, JournalDirectory.Local);
        WriteObject(await DatabaseBackup.RunAsync(making, repository, request, database.OpenSource, cancellationToken).ConfigureAwait(false));
    });
}
