using System.Management.Automation;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Removes the sets that the retention policy no longer keeps, and received log that no kept set needs; says of each why.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "LettaRetention", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RetentionDecision), typeof(WalRetention))]
public sealed class InvokeLettaRetentionCommand : OperationCmdlet
{
    /// <summary>The directory that keeps the sets.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public RepositoryReference? Repository { get; set; }

    /// <summary>Only this deployment's sets; else the plan's deployment's, else those of all.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Deployment { get; set; }

    /// <summary>Hours of which the newest set is kept.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Hourly { get; set; } = 24;

    /// <summary>Days (UTC) of which the newest set is kept.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Daily { get; set; } = 7;

    /// <summary>Weeks (UTC, ISO 8601) of which the newest set is kept.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Weekly { get; set; } = 4;

    /// <summary>Months (UTC) of which the newest set is kept.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Monthly { get; set; } = 6;

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachItemAsync([Repository], async reference =>
    {
        var repository = await OpenOrPlannedAsync(reference, cancellationToken).ConfigureAwait(false);
        var policy = await PolicyAsync(cancellationToken).ConfigureAwait(false);
        var only = Deployment ?? await PlannedNameAsync(cancellationToken, mayBeLost: false).ConfigureAwait(false);
        foreach (var group in repository.List(only, includeIncomplete: false).GroupBy(backup => backup.Deployment))
        {
            var decisions = RetentionPlanner.Decide(group, policy);
            var doomed = decisions.Where(decision => !decision.Keep).ToList();
            var removed = doomed.Count > 0 && await AskAsync(group.Key, doomed, repository, cancellationToken).ConfigureAwait(false);
            foreach (var decision in decisions)
            {
                if (removed && !decision.Keep)
                {
                    new BackupRemoval(repository).Remove(decision.Backup, force: false);
                }

                WriteObject(decision with { Removed = removed && !decision.Keep });
            }

            var gone = doomed.Select(decision => decision.Backup.Id).ToHashSet(StringComparer.Ordinal);
            await RetainLogAsync(group.Key, [.. group.Where(backup => !gone.Contains(backup.Id))], repository, cancellationToken).ConfigureAwait(false);
        }
    });

    /// <summary>The numbers given; those that are not, as the plan has them.</summary>
    private async Task<RetentionPolicy> PolicyAsync(CancellationToken cancellationToken)
    {
        var given = new RetentionPolicy(Hourly, Daily, Weekly, Monthly);
        return await PlanAsync(cancellationToken).ConfigureAwait(false) is not { Retention: var planned } ? given : new RetentionPolicy(
            IsGiven(nameof(Hourly)) ? Hourly : planned.Hourly, IsGiven(nameof(Daily)) ? Daily : planned.Daily,
            IsGiven(nameof(Weekly)) ? Weekly : planned.Weekly, IsGiven(nameof(Monthly)) ? Monthly : planned.Monthly);
    }

    private async Task RetainLogAsync(string deployment, IReadOnlyList<Backup> kept, IBackupRepository repository, CancellationToken cancellationToken)
    {
        foreach (var identifier in WalArchiveFolder.List(repository, deployment))
        {
            var retention = new WalArchiveRetention(repository, deployment, DirectoryWalArchive.Open(repository, deployment, identifier)!, kept);
            var decision = retention.Decision;
            var plan = $"Remove {decision.Doomed} segment(s) of the log of cluster {identifier} of {deployment} ({ByteSize.Format(decision.Size)}) before {decision.KeepFrom} from {repository.Location}";
            WriteObject(decision.Doomed > 0
                && await ShouldProcessAsync(
                    plan, plan + ". No kept set needs them. Remove them?", "Apply retention", cancellationToken).ConfigureAwait(false)
                ? retention.Remove()
                : decision);
        }
    }

    private Task<bool> AskAsync(
        string deployment, IReadOnlyList<RetentionDecision> doomed, IBackupRepository repository, CancellationToken cancellationToken)
    {
        var size = ByteSize.Format(doomed.Sum(decision => decision.Backup.Size));
        var plan = $"Remove {doomed.Count} set(s) of {deployment} ({size}) from {repository.Location}: {string.Join(", ", doomed.Select(decision => decision.Backup.Id))}";
        return ShouldProcessAsync(plan, plan + ". Their states cannot be restored from there any more. Remove them?", "Apply retention", cancellationToken);
    }
}
