using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>What restoring a set and recovering a cluster to a moment share, and how the latter is done.</summary>
public abstract class RecoveryCmdlet : OperationCmdlet
{
    private protected const string BySet = "Set";
    private protected const string ByTime = "PointInTime";
    private protected const string ByLsn = "Lsn";
    private protected const string ByName = "RestorePoint";
    private protected const string ByLatest = "Latest";

    /// <summary>The deployment to restore to.</summary>
    [Parameter(Position = 1, ParameterSetName = BySet)]
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = ByTime)]
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = ByLsn)]
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = ByName)]
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = ByLatest)]
    [ValidateNotNull]
    public DeploymentReference? Deployment { get; set; }

    /// <summary>The directory that keeps the sets, and the archive of the log; needed unless the set was piped in.</summary>
    [Parameter(ParameterSetName = BySet)]
    [Parameter(Position = 1, ParameterSetName = ByTime)]
    [Parameter(Position = 1, ParameterSetName = ByLsn)]
    [Parameter(Position = 1, ParameterSetName = ByName)]
    [Parameter(Position = 1, ParameterSetName = ByLatest)]
    [ValidateNotNull]
    public RepositoryReference? Repository { get; set; }

    /// <summary>Recovers what was committed at this moment or before, by the server's clock.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByTime)]
    public DateTimeOffset PointInTime { get; set; }

    /// <summary>Recovers what was logged before this position, e.g. 0/16B3748.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByLsn)]
    [ValidateNotNullOrEmpty]
    public string Lsn { get; set; } = string.Empty;

    /// <summary>Recovers what was logged before this restore point of Add-LettaRestorePoint.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByName)]
    [ValidateNotNullOrEmpty]
    public string RestorePoint { get; set; } = string.Empty;

    /// <summary>Recovers everything that was received.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByLatest)]
    public SwitchParameter Latest { get; set; }

    /// <summary>The timeline to follow, instead of the newest one in the archive.</summary>
    [Parameter(ParameterSetName = ByTime)]
    [Parameter(ParameterSetName = ByLsn)]
    [Parameter(ParameterSetName = ByName)]
    [Parameter(ParameterSetName = ByLatest)]
    [ValidateRange(1u, uint.MaxValue)]
    public uint? Timeline { get; set; }

    /// <summary>Whose physical copies to recover from, LettaDr's or pgBackRest's; else those of the newest one in the repository.</summary>
    [Parameter(ParameterSetName = ByTime)]
    [Parameter(ParameterSetName = ByLsn)]
    [Parameter(ParameterSetName = ByName)]
    [Parameter(ParameterSetName = ByLatest)]
    public BackupEngine? Engine { get; set; }

    /// <summary>pgBackRest's stanza, instead of that of the newest set, or the only one.</summary>
    [Parameter(ParameterSetName = ByTime)]
    [Parameter(ParameterSetName = ByLsn)]
    [Parameter(ParameterSetName = ByName)]
    [Parameter(ParameterSetName = ByLatest)]
    [ValidateNotNullOrEmpty]
    public string? Stanza { get; set; }

    /// <summary>Connections and processes that load and compare rows and build indexes at once.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int Jobs { get; set; } = 2;

    /// <summary>Role and password to connect with, instead of those found.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>Ends the sessions on what is replaced, at the swap; without it a restore is refused while there are any.</summary>
    [Parameter]
    public SwitchParameter DisconnectSessions { get; set; }

    /// <summary>Removes what was live, once the restored has taken its place; Undo-LettaRestore is then impossible.</summary>
    [Parameter]
    public SwitchParameter DiscardPrevious { get; set; }

    /// <summary>Takes a set of another deployment, or replaces tables of another cluster.</summary>
    [Parameter]
    public SwitchParameter AllowOtherCluster { get; set; }

    private protected async Task RecoverAsync(DeploymentReference reference, CancellationToken cancellationToken)
    {
        var moment = Moment();
        var deployment = await ResolveAsync(reference, Credential, cancellationToken).ConfigureAwait(false);
        var repository = await OpenOrPlannedAsync(Repository, cancellationToken).ConfigureAwait(false);
        var sets = repository.List(deployment.Name, includeIncomplete: false);
        if (RecoveryEngine.Choose(Engine, Stanza, sets) == BackupEngine.LettaDr)
        {
            var plan = RecoveryPlanning.Plan(repository, deployment.Name, moment, Timeline, cancellationToken);
            await RecoverAsync(deployment, repository, plan, null, cancellationToken).ConfigureAwait(false);
            return;
        }

        await using var stanza = await StanzaRecovery.OpenAsync(deployment, sets, Stanza, null, Observer, cancellationToken).ConfigureAwait(false);
        var found = await stanza.PlanAsync(moment, Timeline, cancellationToken).ConfigureAwait(false);
        await RecoverAsync(deployment, repository, found, stanza, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Recovers a set of pgBackRest to its own end.</summary>
    private protected async Task RecoverSetAsync(
        LettaDeployment deployment, IBackupRepository repository, Backup backup, CancellationToken cancellationToken)
    {
        await using var stanza = await StanzaRecovery.OpenAsync(deployment, [], null, backup, Observer, cancellationToken).ConfigureAwait(false);
        var plan = await stanza.PlanAsync(cancellationToken).ConfigureAwait(false);
        await RecoverAsync(deployment, repository, plan, stanza, cancellationToken).ConfigureAwait(false);
    }

    private async Task RecoverAsync(
        LettaDeployment deployment, IBackupRepository repository, RecoveryPlan plan, StanzaRecovery? stanza, CancellationToken cancellationToken)
    {
        var request = new ClusterRestoreRequest
        {
            Deployment = deployment, Plan = plan, Jobs = Jobs,
            DisconnectSessions = DisconnectSessions, DiscardPrevious = DiscardPrevious, AllowOtherCluster = AllowOtherCluster,
        };
        await using var target = await ClusterTarget.OpenAsync(deployment, repository, Observer, stanza, cancellationToken).ConfigureAwait(false);
        var restore = new ClusterRestore(repository, target, Observer, JournalDirectory.Local);
        var profile = await restore.PreflightAsync(request, cancellationToken).ConfigureAwait(false);
        var loss = await target.EstimateLossAsync(request.Plan, cancellationToken).ConfigureAwait(false);
        if (await ShouldProcessAsync(
            ClusterRestoreDescription.Plan(request, profile, loss), ClusterRestoreDescription.Question(request, profile, loss),
            "Recover a Letta cluster", cancellationToken).ConfigureAwait(false))
        {
            WriteObject(await restore.RunAsync(request, OperationId.Next(), cancellationToken).ConfigureAwait(false));
        }
    }

    private RecoveryTarget Moment() => ParameterSetName switch
    {
        ByTime => RecoveryTarget.At(PointInTime),
        ByName => RecoveryTarget.At(RestorePoint),
        ByLsn => LettaDr.Lsn.TryParse(Lsn, out var lsn) ? RecoveryTarget.At(lsn) : throw new LettaDrException(
            "LsnInvalid", FaultKind.InvalidArgument, $"'{Lsn}' is no log sequence number.", "One looks like 0/16B3748; pg_current_wal_lsn() tells the current one.", Lsn),
        _ => RecoveryTarget.Latest,
    };
}
