using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Runs a runbook: stops the writers, finds out what is damaged, and restores the newest proven set where tables are.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "LettaRunbook", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RunbookResult))]
public sealed class InvokeLettaRunbookCommand : OperationCmdlet
{
    /// <summary>The runbook.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public RunbookName Name { get; set; }

    /// <summary>The deployments: objects of Get-LettaDeployment, or texts that name them.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public DeploymentReference[] Deployment { get; set; } = [];

    /// <summary>The directory that keeps the sets.</summary>
    [Parameter(Position = 2)]
    [ValidateNotNull]
    public RepositoryReference? Repository { get; set; }

    /// <summary>The set to restore instead of the newest proven one.</summary>
    [Parameter]
    public BackupReference? Backup { get; set; }

    /// <summary>Ends sessions on the database; without it they are told, and a restore is refused while there are any.</summary>
    [Parameter]
    public SwitchParameter DisconnectSessions { get; set; }

    /// <summary>Restores though no table is damaged, or nobody could find out.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Image of the throw-away server that proves a set, instead of the one that the set records.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Image { get; set; }

    /// <summary>Connections and processes at once.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int Jobs { get; set; } = 2;

    /// <summary>How many seconds each service may take until it is ready.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSeconds { get; set; } = 300;

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachDeploymentAsync(Deployment, async reference =>
    {
        var deployment = await ResolveAsync(reference, null, cancellationToken).ConfigureAwait(false);
        var opened = await OpenOrPlannedAsync(Repository, cancellationToken).ConfigureAwait(false);
        var (named, repository) = Backup is null ? (null, opened)
            : await ResolveAsync(Backup, Repository, deployment.Name, cancellationToken, BackupParts.Database).ConfigureAwait(false);
        var request = new RunbookRequest
        {
            Deployment = deployment.Name, Database = deployment.Database.Database, Backup = named, Force = Force, OperationId = OperationId.Next(),
            Sets = [.. new BackupCatalog(repository).List(deployment.Name, includeIncomplete: false)
                .Where(set => set.State == BackupState.Complete && set.Parts.HasFlag(BackupParts.Database))],
        };
        if (!await ShouldProcessAsync(
            RunbookDescription.Plan(Runbook.Of(Name), request), RunbookDescription.Question(request, DateTimeOffset.UtcNow), $"Runbook {Name}",
            cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        var options = new SystemRestoreOptions
        {
            Repository = repository, Jobs = Jobs, DisconnectSessions = DisconnectSessions, StartLimit = TimeSpan.FromSeconds(TimeoutSeconds),
        };
        var folder = await AskAsync(() => SessionState.Path.CurrentFileSystemLocation.ProviderPath, cancellationToken).ConfigureAwait(false);
        var site = new CorruptionSite(deployment, options, new DeploymentDiscovery(folder), request.OperationId, Image, Observer);
        WriteObject(await new DatabaseCorruptionRunbook(request, site, Observer, JournalDirectory.Local, repository.Journals(deployment.Name))
            .RunAsync(cancellationToken).ConfigureAwait(false));
    }, cancellationToken);
}
